import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import type { Snapshot } from './snapshot';

const found = z.array(
  z.object({
    row: z.number(),
    values: z.array(z.string().nullable()),
    metId: z.string(),
  }),
);

/**
 * Rows that are in a dataset with a key and not in the file that replaces it, in the order in which the dataset has them.
 * @param snapshot what readers see of it, or saw until it was replaced
 * @param after how many of them come before the page
 */
export async function listRemoved(
  importId: number,
  datasetNumber: number,
  { imports, floor }: Snapshot,
  after: number,
  limit: number,
): Promise<z.infer<typeof found>> {
  const ids = imports.map(({ id }) => id);
  return found.parse(
    await db().$queryRaw`
      select v."rowNumber" as row, r."values", i."publicId"::text as "metId"
      from (
        select distinct on (e."key") e."key", e."importId", e."rowNumber", e."placeImportId", e."placeRowNumber"
        from "Effect" e
        where e."datasetNumber" = ${datasetNumber} and e."key" is not null
          and e."importId" = any(${ids}::int[]) and e."publication" >= ${floor}
        order by e."key", e."publication" desc
      ) v
      join "Import" i on i."id" = v."importId"
      cross join lateral (
        select * from "Row" r where r."importId" = v."importId" and r."rowNumber" = v."rowNumber" limit 1
      ) r
      where not exists (
        select 1 from "Effect" m
        where m."datasetNumber" = ${datasetNumber} and m."key" = v."key" and m."importId" = ${importId}
      )
      order by v."placeImportId", v."placeRowNumber" offset ${after} limit ${limit}`,
  );
}
