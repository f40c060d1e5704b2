import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import {
  chunksOf,
  countChunk,
  keptRejections,
  RejectionLines,
  readChunk,
  removeChunks,
  writeChunk,
} from '@/lib/server/imports/rejections/chunks';
import { rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import type { RejectionReason } from '@/lib/shared/schema/stored-import';
import type { EncodePlan } from '../stage/plan';
import { storeRejections } from '../stage/segment';
import { revalidate } from './revalidate';
import { type Accepted, stageAccepted } from './stage-accepted';

/** Rejected rows looked at in one transaction; each may have a megabyte. */
const rowsAtATime = 1_000;

/**
 * Looks again at the rejected rows of an import, whose raw cells were kept: those that are valid now are staged. The
 * file is not read. Every step commits by itself and leaves nothing to do twice, so an attempt that dies is simply
 * begun anew by the next.
 * @returns false when it stopped between two steps because the worker shuts down
 * @throws Fenced when the import was cancelled or taken over
 */
export async function checkAgain(it: Import, plan: EncodePlan, shutdown: AbortSignal): Promise<boolean> {
  let after = 0;
  for (;;) {
    if (shutdown.aborted) return false;
    const found = await db().rejection.findMany({
      where: { importId: it.id, rowNumber: { gt: after } },
      orderBy: { rowNumber: 'asc' },
      take: rowsAtATime,
    });
    if (found.length === 0) break;
    after = found.at(-1)?.rowNumber ?? after;
    await revalidateKept(it, plan, found.map(rejectedRow));
  }
  for (const { objectKey, ofTheKey } of await chunksOf(it.id)) {
    if (shutdown.aborted) return false;
    // Those are decided on anew in any case, as soon as all others are known.
    if (!ofTheKey) await validateChunk(it, plan, objectKey);
  }
  await removeChunks(it.id, 'uncounted');
  return true;
}

/** Of rows that the database keeps. */
async function revalidateKept(it: Import, plan: EncodePlan, rows: RejectedRow[]): Promise<void> {
  const { accepted, rejected } = sort(plan, rows);
  const before = new Map(rows.map(({ rowNumber, reasons }) => [rowNumber, JSON.stringify(reasons)]));
  const others = rejected.filter(
    ({ rowNumber, reasons }) => JSON.stringify(reasons) !== before.get(rowNumber),
  );
  if (accepted.length === 0 && others.length === 0) return;
  await stageAccepted(it, accepted, async (tx) => {
    const gone = [...accepted, ...others].map(({ rowNumber }) => rowNumber);
    await tx.rejection.deleteMany({ where: { importId: it.id, rowNumber: { in: gone } } });
    await storeRejections(tx, it.id, others);
  });
}

/** Of rows in an object. Those that are still rejected fill up what the database keeps, and the rest is put away anew. */
async function validateChunk(it: Import, plan: EncodePlan, objectKey: string): Promise<void> {
  const { accepted, rejected } = sort(plan, await readChunk(objectKey));
  const kept = await db().rejection.count({ where: { importId: it.id } });
  const room = Math.max(0, keptRejections - kept);
  if (accepted.length === 0 && room === 0) return;
  const lines = new RejectionLines();
  for (const row of rejected.slice(room)) lines.add(row);
  const rest = lines.rows > 0 ? await writeChunk(it.id, lines) : null;
  await stageAccepted(it, accepted, async (tx) => {
    await storeRejections(tx, it.id, rejected.slice(0, room));
    if (rest) await countChunk(tx, rest, lines);
    await tx.rejectionChunk.update({ where: { objectKey }, data: { counts: false } });
  });
}

function sort(plan: EncodePlan, rows: RejectedRow[]): { accepted: Accepted[]; rejected: RejectedRow[] } {
  const accepted: Accepted[] = [];
  const rejected: RejectedRow[] = [];
  for (const row of rows) {
    const outcome = revalidate(plan, row);
    if (isReasons(outcome)) rejected.push({ ...row, reasons: outcome });
    else accepted.push({ rowNumber: row.rowNumber, values: outcome.values });
  }
  return { accepted, rejected };
}

const isReasons = (
  outcome: RejectionReason[] | { values: (string | null)[] },
): outcome is RejectionReason[] => Array.isArray(outcome);
