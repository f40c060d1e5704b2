import type { Transaction } from '@/lib/server/platform/db/client';
import { Prisma } from '@/lib/server/platform/db/generated/client';
import type { DatasetTable } from '../storage/dataset-table';
import type { Snapshot } from './snapshot';

/**
 * How many rows readers see. An origin whose own import is visible holds a row; one whose import is not holds a row if an
 * import that is seen wrote over it. How many those are stands in RowChangeCount, unless several wrote over the same origins.
 */
export async function countRows(
  tx: Transaction,
  table: DatasetTable,
  snapshot: Snapshot,
  keyed: boolean,
): Promise<number> {
  if (!keyed) return snapshot.imports.reduce((sum, record) => sum + record.rowsInserted, 0);
  const ids = snapshot.imports.map(({ id }) => id);
  const counted = await tx.rowChangeCount.groupBy({
    by: ['originImportId'],
    where: { importId: { in: ids } },
    _count: true,
    _sum: { rows: true },
  });
  const own = await tx.rowChangeCount.findMany({
    where: { importId: { in: ids }, originImportId: { in: ids } },
    select: { importId: true, originImportId: true, rows: true },
  });
  const seen = new Set(ids);
  let rows = own.reduce(
    (sum, record) => sum + (record.importId === record.originImportId ? record.rows : 0),
    0,
  );
  for (const { originImportId, _count, _sum } of counted) {
    if (seen.has(originImportId)) continue;
    rows += _count === 1 ? (_sum.rows ?? 0) : await countOrigins(tx, table, originImportId, ids);
  }
  return rows;
}

/** The origins of an import that is not seen, over which one of these wrote. */
async function countOrigins(
  tx: Transaction,
  { changes }: DatasetTable,
  originImportId: number,
  ids: number[],
): Promise<number> {
  const [found] = await tx.$queryRaw<{ rows: number }[]>`
    select count(distinct "originRowNumber")::int as rows from ${Prisma.raw(changes)} e
    where "originImportId" = ${originImportId} and "kind" in ('RESTORED', 'UPDATED') and "importId" = any(${ids})`;
  return found?.rows ?? 0;
}
