import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import type { EncodePlan } from '../stage/plan';
import { applyCorrections } from './apply-corrections';
import { readCorrection } from './take-correction';

const storedCells = z.array(z.string());
const editsAtATime = 1_000;

/**
 * After the file of an import was read once more for its review: brings back what was corrected before. Rows that were
 * valid cell by cell come first, since a file that came later left them alone; then files, then all other cells. Done
 * again, it changes nothing.
 * @returns false when it stopped because the worker shuts down
 */
export async function correctAgain(
  record: Import,
  plan: EncodePlan,
  shutdown: AbortSignal,
): Promise<boolean> {
  await editAgain(record, plan, { valid: true });
  const files = await db().correctionFile.findMany({
    where: { importId: record.id, status: 'RECEIVED', fileDeletedAt: null },
    orderBy: { id: 'asc' },
  });
  for (const file of files) if (!(await readCorrection(record, plan, file, shutdown))) return false;
  await editAgain(record, plan, {});
  return true;
}

async function editAgain(record: Import, plan: EncodePlan, which: { valid?: true }): Promise<void> {
  let after = 0;
  for (;;) {
    const edits = await db().rejectionEdit.findMany({
      where: { importId: record.id, rowNumber: { gt: after }, ...which },
      orderBy: { rowNumber: 'asc' },
      take: editsAtATime,
    });
    if (edits.length === 0) return;
    after = edits.at(-1)?.rowNumber ?? after;
    await applyCorrections(
      record,
      plan,
      edits.map(({ rowNumber, edited }) => ({ row: rowNumber, cells: storedCells.parse(edited), rest: '' })),
    );
  }
}
