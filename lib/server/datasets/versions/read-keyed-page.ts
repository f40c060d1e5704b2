import { z } from 'zod';
import type { DatasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { db } from '@/lib/server/platform/db/client';
import { readInIndexOrder } from '@/lib/server/platform/db/index-order';
import type { Snapshot } from './snapshot';

/** An origin in a dataset with a key: the row that had the key first. Rows stand in the order of their origins. */
export interface RowId {
  importId: number;
  rowNumber: number;
}

/** What readers see at an origin: the last version of the row, and what wrote it. */
export interface RowWithOrigin {
  origin: RowId;
  importId: number;
  rowNumber: number;
  values: (string | null)[];
}

const found = z.array(
  z.object({
    origin: z.number(),
    importId: z.number(),
    rowNumber: z.number(),
    values: z.array(z.string().nullable()),
  }),
);

/**
 * The next rows after a row. Import by import, as their origins stand: where the import is seen, each of its origins
 * holds a row; where it is not (undone, or replaced), only those do that a seen import wrote over. So a page costs the
 * same wherever it begins, and a row stays where it is when it is updated.
 */
export async function readKeyedPage(
  table: DatasetTable,
  snapshot: Snapshot,
  after: RowId,
  limit: number,
): Promise<RowWithOrigin[]> {
  const rows: RowWithOrigin[] = [];
  const source = { changes: table.changes, rows: table.canonical, cells: ['values'] };
  for (const originImportId of await originImports(snapshot, after.importId)) {
    const missing = limit - rows.length;
    if (missing <= 0) break;
    const from = originImportId === after.importId ? after.rowNumber : 0;
    const read = await readInIndexOrder(
      db().$queryRawUnsafe(keyedRowsSql(source, snapshot, originImportId, from, missing)),
    );
    for (const { origin, ...row } of found.parse(read)) {
      rows.push({ origin: { importId: originImportId, rowNumber: origin }, ...row });
    }
  }
  return rows;
}

/** The imports in which visible rows have their origin, in the order of those, from one of them on. */
export async function originImports(snapshot: Snapshot, from = 0): Promise<number[]> {
  const origins = await db().rowChangeCount.findMany({
    where: { importId: { in: snapshot.imports.map(({ id }) => id) }, originImportId: { gte: from } },
    distinct: ['originImportId'],
    orderBy: { originImportId: 'asc' },
    select: { originImportId: true },
  });
  return origins.map(({ originImportId }) => originImportId);
}

/** What visible rows are read from, as SQL. */
export interface KeyedSource {
  changes: string;
  /** Has `"importId"`, `"rowNumber"`, and the columns that are asked for. */
  rows: string;
  /** The names of those. */
  cells: string[];
}

/** SQL of the visible rows with their origin in one import, after one of them: origin, importId, rowNumber, and their cells. */
export function keyedRowsSql(
  source: KeyedSource,
  snapshot: Snapshot,
  originImportId: number,
  from: number,
  limit: number,
): string {
  const ids = snapshot.imports.map(({ id }) => id);
  const sql = ids.includes(originImportId) ? ownOrigins : originsOfOthers;
  return sql(source, { originImportId, from, limit, ids: `'{${ids.join()}}'::int[]` });
}

interface Wanted {
  originImportId: number;
  from: number;
  limit: number;
  /** SQL of the imports that are seen. */
  ids: string;
}

const cellsOf = ({ cells }: KeyedSource) =>
  `r."importId" as "importId", r."rowNumber" as "rowNumber", ${cells.map((name) => `r."${name}"`).join(', ')}`;

/** The origins of an import that is seen, each with the last version that a seen import wrote. */
function ownOrigins(source: KeyedSource, { originImportId, from, limit, ids }: Wanted): string {
  const { changes, rows } = source;
  return `
    select p."rowNumber" as origin, ${cellsOf(source)}
    from (
      select "importId", "rowNumber" from ${changes} e
      where "importId" = ${originImportId} and "kind" = 'INSERTED' and "rowNumber" > ${from}
      order by "rowNumber" limit ${limit}
    ) p
    left join lateral (
      select e."importId", e."rowNumber" from ${changes} e
      where e."originImportId" = p."importId" and e."originRowNumber" = p."rowNumber"
        and e."kind" in ('RESTORED', 'UPDATED') and e."importId" = any(${ids})
      order by e."publishedRevision" desc limit 1
    ) v on true
    cross join lateral (
      select * from ${rows} r where r."importId" = coalesce(v."importId", p."importId")
        and r."rowNumber" = coalesce(v."rowNumber", p."rowNumber") limit 1
    ) r
    order by p."rowNumber"`;
}

/** The origins of an import that is not seen, over which seen imports wrote. */
function originsOfOthers(source: KeyedSource, { originImportId, from, limit, ids }: Wanted): string {
  const { changes, rows } = source;
  return `
    select p.origin as origin, ${cellsOf(source)}
    from (
      select distinct on ("originRowNumber") "originRowNumber" as origin, "importId", "rowNumber"
      from ${changes} e
      where "originImportId" = ${originImportId} and "originRowNumber" > ${from}
        and "kind" in ('RESTORED', 'UPDATED') and "importId" = any(${ids})
      order by "originRowNumber", "publishedRevision" desc limit ${limit}
    ) p
    cross join lateral (
      select * from ${rows} r where r."importId" = p."importId" and r."rowNumber" = p."rowNumber" limit 1
    ) r
    order by p.origin`;
}
