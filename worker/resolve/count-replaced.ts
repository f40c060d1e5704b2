import { z } from 'zod';
import { comparedRows, type StoredColumn } from '@/lib/server/datasets/storage/cell-sql';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import type { KeyColumn } from '@/lib/server/datasets/versions/key-sql';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { byIndexSql } from '@/lib/server/platform/db/index-order';
import type { Replacement } from '@/lib/shared/schema/review/stored-replacement';
import { countingTransaction, findRejectedKeys } from './find-rejected-keys';

const counts = z.array(z.object({ added: z.number(), changed: z.number(), kept: z.number() }));

/** A dataset as it is before an import replaces it. */
export interface ReplacedDataset {
  id: string;
  number: number;
  rows: number;
  revision: number;
  key: KeyColumn[];
  columns: StoredColumn[];
}

/**
 * What replacing a dataset by what an import staged does to the rows that are there. With a key, each row of the file
 * has matched the one that it replaces, when it was decided on; without one, all rows go and others come.
 * @param inserted rows of the file that would be in the dataset afterwards
 */
export async function countReplaced(
  record: Import,
  dataset: ReplacedDataset,
  inserted: number,
): Promise<Replacement> {
  const { rows, revision, key, number, columns } = dataset;
  if (key.length === 0) {
    return { revision, removed: rows, changed: 0, kept: 0, added: inserted, rejected: 0, rejectedRows: [] };
  }
  const compared = comparedRows(columns, []);
  const [found] = await db().$transaction(async (tx) => {
    await tx.$executeRawUnsafe(byIndexSql);
    return counts.parse(
      await tx.$queryRawUnsafe(
        `select count(*) filter (where matched is null)::int as added,
           count(*) filter (where matched is not null and same)::int as kept,
           count(*) filter (where matched is not null and not same)::int as changed
         from (
           select e."matchedImportId" as matched, ${compared.same('n', 'o')} as same
           from ${inSchema(number, 'row_changes')} e
           left join lateral (
             select ${compared.select('n')} from ${inSchema(number, 'rows')} n
             where e."matchedImportId" is not null and n."_import" = e."importId" and n."_row" = e."rowNumber" limit 1
           ) n on true
           left join lateral (
             select ${compared.select('o')} from ${inSchema(number, 'rows')} o
             where o."_import" = e."matchedImportId" and o."_row" = e."matchedRowNumber" limit 1
           ) o on true
           where e."importId" = $1::int and e."kind" in ('INSERTED', 'RESTORED')
           offset 0
         ) matched`,
        record.id,
      ),
    );
  }, countingTransaction);
  const { added, changed, kept } = found ?? { added: 0, changed: 0, kept: 0 };
  const removed = rows - changed - kept;
  const lost = removed > 0 ? await findRejectedKeys(record, dataset) : { rejected: 0, rejectedRows: [] };
  return { revision, removed, changed, kept, added, ...lost };
}
