import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import { readInIndexOrder } from '@/lib/server/platform/db/index-order';
import type { Snapshot } from './snapshot';

/** A place in a dataset with a key: the row that had the key first. Rows stand in the order of their places. */
export interface Place {
  importId: number;
  rowNumber: number;
}

/** What readers see at a place: the last version of the row, and what wrote it. */
export interface PlacedRow {
  place: Place;
  importId: number;
  rowNumber: number;
  values: unknown;
}

const found = z.array(
  z.object({ place: z.number(), importId: z.number(), rowNumber: z.number(), values: z.unknown() }),
);

/**
 * The next rows after a place. Import by import, as their places stand: where the import is seen, each of its places
 * holds a row; where it is not (undone, or replaced), only those do that a seen import wrote over. So a page costs the
 * same wherever it begins, and a row stays where it is when it is updated.
 */
export async function readKeyedPage(snapshot: Snapshot, after: Place, limit: number): Promise<PlacedRow[]> {
  const rows: PlacedRow[] = [];
  for (const placeImportId of await placeImports(snapshot, after.importId)) {
    const missing = limit - rows.length;
    if (missing <= 0) break;
    const from = placeImportId === after.importId ? after.rowNumber : 0;
    const read = await readInIndexOrder(
      db().$queryRawUnsafe(keyedRowsSql(snapshot, placeImportId, from, missing)),
    );
    for (const { place, ...row } of found.parse(read)) {
      rows.push({ place: { importId: placeImportId, rowNumber: place }, ...row });
    }
  }
  return rows;
}

/** The imports at whose places rows are seen, in the order of those, from one of them on. */
export async function placeImports(snapshot: Snapshot, from = 0): Promise<number[]> {
  const places = await db().reach.findMany({
    where: { importId: { in: snapshot.imports.map(({ id }) => id) }, placeImportId: { gte: from } },
    distinct: ['placeImportId'],
    orderBy: { placeImportId: 'asc' },
    select: { placeImportId: true },
  });
  return places.map(({ placeImportId }) => placeImportId);
}

/** SQL of the rows that are seen at the places of one import, after one of them: place, importId, rowNumber, values. */
export function keyedRowsSql(snapshot: Snapshot, placeImportId: number, from: number, limit: number): string {
  const ids = snapshot.imports.map(({ id }) => id);
  const sql = ids.includes(placeImportId) ? ownPlaces : placesOfOthers;
  return sql(placeImportId, from, limit, `'{${ids.join()}}'::int[]`);
}

/** The places of an import that is seen, each with the last version that a seen import wrote. */
function ownPlaces(placeImportId: number, from: number, limit: number, ids: string): string {
  return `
    select p."rowNumber" as place, r."importId" as "importId", r."rowNumber" as "rowNumber", r."values" as "values"
    from (
      select "importId", "rowNumber" from "Effect"
      where "importId" = ${placeImportId} and "kind" = 'INSERTED' and "rowNumber" > ${from}
      order by "rowNumber" limit ${limit}
    ) p
    left join lateral (
      select e."importId", e."rowNumber" from "Effect" e
      where e."placeImportId" = p."importId" and e."placeRowNumber" = p."rowNumber"
        and e."kind" in ('RETURNED', 'UPDATED') and e."importId" = any(${ids})
      order by e."publication" desc limit 1
    ) v on true
    cross join lateral (
      select * from "Row" r where r."importId" = coalesce(v."importId", p."importId")
        and r."rowNumber" = coalesce(v."rowNumber", p."rowNumber") limit 1
    ) r
    order by p."rowNumber"`;
}

/** The places of an import that is not seen, over which seen imports wrote. */
function placesOfOthers(placeImportId: number, from: number, limit: number, ids: string): string {
  return `
    select p.place as place, r."importId" as "importId", r."rowNumber" as "rowNumber", r."values" as "values"
    from (
      select distinct on ("placeRowNumber") "placeRowNumber" as place, "importId", "rowNumber"
      from "Effect"
      where "placeImportId" = ${placeImportId} and "placeRowNumber" > ${from}
        and "kind" in ('RETURNED', 'UPDATED') and "importId" = any(${ids})
      order by "placeRowNumber", "publication" desc limit ${limit}
    ) p
    cross join lateral (
      select * from "Row" r where r."importId" = p."importId" and r."rowNumber" = p."rowNumber" limit 1
    ) r
    order by p.place`;
}
