import type { Transaction } from '@/lib/server/platform/db/client';
import type { Snapshot } from './snapshot';

/**
 * How many rows readers see. A place whose own import is seen holds a row; one whose import is not holds a row if an
 * import that is seen wrote over it. How many those are stands in Reach, unless several wrote over the same places.
 */
export async function countRows(tx: Transaction, snapshot: Snapshot, keyed: boolean): Promise<number> {
  if (!keyed) return snapshot.imports.reduce((sum, it) => sum + it.rowsInserted, 0);
  const ids = snapshot.imports.map(({ id }) => id);
  const reached = await tx.reach.groupBy({
    by: ['placeImportId'],
    where: { importId: { in: ids } },
    _count: true,
    _sum: { rows: true },
  });
  const own = await tx.reach.findMany({
    where: { importId: { in: ids }, placeImportId: { in: ids } },
    select: { importId: true, placeImportId: true, rows: true },
  });
  const seen = new Set(ids);
  let rows = own.reduce((sum, it) => sum + (it.importId === it.placeImportId ? it.rows : 0), 0);
  for (const { placeImportId, _count, _sum } of reached) {
    if (seen.has(placeImportId)) continue;
    rows += _count === 1 ? (_sum.rows ?? 0) : await countPlaces(tx, placeImportId, ids);
  }
  return rows;
}

/** The places of an import that is not seen, over which one of these wrote. */
async function countPlaces(tx: Transaction, placeImportId: number, ids: number[]): Promise<number> {
  const [found] = await tx.$queryRaw<{ rows: number }[]>`
    select count(distinct "placeRowNumber")::int as rows from "Effect"
    where "placeImportId" = ${placeImportId} and "kind" in ('RETURNED', 'UPDATED') and "importId" = any(${ids})`;
  return found?.rows ?? 0;
}
