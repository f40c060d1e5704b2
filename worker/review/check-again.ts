import { chunksOf, keptRejections, removeChunks } from '@/lib/server/imports/rejections/chunks';
import { rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import type { EncodePlan } from '../stage/plan';
import { type CellsOf, revalidateChunk, revalidateKept } from './revalidate-kept';

/** The columns may have changed, but nobody edited the rows. */
const asIs: CellsOf = () => 'as-is';

/** Rejected rows looked at in one transaction; each may have a megabyte. */
const rowsAtATime = 1_000;

/**
 * Looks again at the rejected rows of an import, whose raw cells were kept: those that are valid now are staged. The
 * file is not read. Every step commits by itself and leaves nothing to do twice, so an attempt that dies is simply
 * begun anew by the next.
 * @returns false when it stopped between two steps because the worker shuts down
 * @throws Fenced when the import was cancelled or taken over
 */
export async function checkAgain(record: Import, plan: EncodePlan, shutdown: AbortSignal): Promise<boolean> {
  let after = 0;
  for (;;) {
    if (shutdown.aborted) return false;
    const found = await db().rejection.findMany({
      where: { importId: record.id, rowNumber: { gt: after } },
      orderBy: { rowNumber: 'asc' },
      take: rowsAtATime,
    });
    if (found.length === 0) break;
    after = found.at(-1)?.rowNumber ?? after;
    await revalidateKept(record, plan, found.map(rejectedRow), asIs);
  }
  for (const chunk of await chunksOf(record.id)) {
    if (shutdown.aborted) return false;
    // Those are decided on anew in any case, as soon as all others are known.
    if (chunk.staged) continue;
    const kept = await db().rejection.count({ where: { importId: record.id } });
    // The database keeps the first of the file: what is left of the object fills it up.
    await revalidateChunk(record, plan, chunk, asIs, Math.max(0, keptRejections - kept));
  }
  await removeChunks(record.id, 'uncounted');
  return true;
}
