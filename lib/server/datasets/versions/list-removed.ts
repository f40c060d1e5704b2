import { z } from 'zod';
import type { DatasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { db } from '@/lib/server/platform/db/client';
import { Prisma } from '@/lib/server/platform/db/generated/client';
import type { Snapshot } from './snapshot';

const found = z.array(
  z.object({
    row: z.number(),
    values: z.array(z.string().nullable()),
    matchedId: z.string(),
  }),
);

/**
 * Rows that are in a dataset with a key and not in the file that replaces it, in the order in which the dataset has them.
 * @param snapshot what readers see of it, or saw until it was replaced
 * @param after how many of them come before the page
 */
export async function listRemoved(
  importId: number,
  table: DatasetTable,
  { imports, replacedBefore }: Snapshot,
  after: number,
  limit: number,
): Promise<z.infer<typeof found>> {
  const ids = imports.map(({ id }) => id);
  const [rows, changes] = [Prisma.raw(table.canonical), Prisma.raw(table.changes)];
  return found.parse(
    await db().$queryRaw`
      select v."rowNumber" as row, r."values", i."publicId"::text as "matchedId"
      from (select * from (
        select distinct on (e."key") e."key", e."importId", e."rowNumber", e."originImportId", e."originRowNumber"
        from ${changes} e
        where e."key" is not null
          and e."importId" = any(${ids}::int[]) and e."publishedRevision" >= ${replacedBefore}
        order by e."key", e."publishedRevision" desc
      ) v
      where not exists (
        select 1 from ${changes} m
        where m."key" = v."key" and m."importId" = ${importId}
      )
      order by v."originImportId", v."originRowNumber" offset ${after} limit ${limit}) v
      join "Import" i on i."id" = v."importId"
      cross join lateral (
        select * from ${rows} r where r."importId" = v."importId" and r."rowNumber" = v."rowNumber" limit 1
      ) r
      order by v."originImportId", v."originRowNumber"`,
  );
}
