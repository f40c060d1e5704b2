import { z } from 'zod';
import type { KeyColumn } from '@/lib/server/datasets/versions/key-sql';
import { sameSql } from '@/lib/server/datasets/versions/merge-sql';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { byIndexSql } from '@/lib/server/platform/db/index-order';
import type { Replacement } from '@/lib/shared/schema/stored-replacement';
import { countingTransaction, findRejectedKeys } from './find-rejected-keys';

const counts = z.array(z.object({ added: z.number(), changed: z.number(), kept: z.number() }));

/**
 * What replacing a dataset by what an import staged does to the rows that are there. With a key, each row of the file
 * has met the one that it replaces, when it was decided on; without one, all rows go and others come.
 * @param inserted rows of the file that would be in the dataset afterwards
 */
export async function countReplaced(
  it: Import,
  dataset: { id: string; number: number; rows: number; revision: number; key: KeyColumn[] },
  inserted: number,
): Promise<Replacement> {
  const { rows, revision, key } = dataset;
  if (key.length === 0) {
    return { revision, removed: rows, changed: 0, kept: 0, added: inserted, rejected: 0, rejectedRows: [] };
  }
  const [found] = await db().$transaction(async (tx) => {
    await tx.$executeRawUnsafe(byIndexSql);
    return counts.parse(
      await tx.$queryRawUnsafe(
        `select count(*) filter (where met is null)::int as added,
           count(*) filter (where met is not null and same)::int as kept,
           count(*) filter (where met is not null and not same)::int as changed
         from (
           select e."metImportId" as met, ${sameSql('n.text', 'o.text')} as same
           from "Effect" e
           left join lateral (
             select n."values"::text as text from "Row" n
             where n."importId" = e."importId" and n."rowNumber" = e."rowNumber" limit 1
           ) n on true
           left join lateral (
             select o."values"::text as text from "Row" o
             where o."importId" = e."metImportId" and o."rowNumber" = e."metRowNumber" limit 1
           ) o on true
           where e."importId" = $1::int and e."kind" in ('INSERTED', 'RETURNED')
           offset 0
         ) met`,
        it.id,
      ),
    );
  }, countingTransaction);
  const { added, changed, kept } = found ?? { added: 0, changed: 0, kept: 0 };
  const removed = rows - changed - kept;
  const lost = removed > 0 ? await findRejectedKeys(it, dataset) : { rejected: 0, rejectedRows: [] };
  return { revision, removed, changed, kept, added, ...lost };
}
