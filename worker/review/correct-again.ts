import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import type { EncodePlan } from '../stage/plan';
import { applyCorrections } from './apply-corrections';
import { readCorrection } from './take-correction';

const storedCells = z.array(z.string());
const editsAtATime = 1_000;

/**
 * After the file of an import was read once more for its review: brings back what was corrected before, first by
 * files and then cell by cell. Done again, it changes nothing.
 * @returns false when it stopped because the worker shuts down
 */
export async function correctAgain(it: Import, plan: EncodePlan, shutdown: AbortSignal): Promise<boolean> {
  const files = await db().import.findMany({
    where: { corrects: it.publicId, status: 'COMPLETED', fileDeletedAt: null },
    orderBy: { id: 'asc' },
    include: { user: true },
  });
  for (const file of files) if (!(await readCorrection(it, plan, file, shutdown))) return false;
  let after = 0;
  for (;;) {
    const edits = await db().rejectionEdit.findMany({
      where: { importId: it.id, rowNumber: { gt: after } },
      orderBy: { rowNumber: 'asc' },
      take: editsAtATime,
    });
    if (edits.length === 0) return true;
    after = edits.at(-1)?.rowNumber ?? after;
    await applyCorrections(
      it,
      plan,
      edits.map(({ rowNumber, edited }) => ({ row: rowNumber, cells: storedCells.parse(edited), rest: '' })),
    );
  }
}
