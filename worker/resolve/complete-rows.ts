import { comparedSql, sameBytesSql, takeCellsSql } from '@/lib/server/datasets/storage/cell-sql';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import type { Transaction } from '@/lib/server/platform/db/client';
import { type DecidedDataset, writtenKinds } from './decide-sql';

/**
 * Gives the rows of a file that lacks some of the dataset's columns the cells of the versions that they update, so
 * that a version is whole by itself. Done again against other versions, the cells of the file are the same.
 */
export async function completeRows(
  tx: Transaction,
  importId: number,
  { number, mapped, others }: DecidedDataset,
): Promise<void> {
  const rows = inSchema(number, 'rows');
  await tx.$executeRawUnsafe(
    `update ${rows} n set ${takeCellsSql(others, mapped, 'n', 'o')}
     from ${inSchema(number, 'row_changes')} e
     left join ${rows} o on e."kind" = 'UPDATED' and o."_import" = e."matchedImportId" and o."_row" = e."matchedRowNumber"
     where e."importId" = $1::int and e."kind" in ${writtenKinds} and n."_import" = $1::int and n."_row" = e."rowNumber"
       and not ${sameBytesSql(comparedSql(others, mapped, 'n'), comparedSql(others, mapped, 'o'))}`,
    importId,
  );
}
