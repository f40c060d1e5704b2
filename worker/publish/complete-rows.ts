import { mergedSql } from '@/lib/server/datasets/versions/merge-sql';
import type { Transaction } from '@/lib/server/platform/db/client';
import { writtenKinds } from './decide-sql';

/**
 * Gives the rows of a file that lacks some of the dataset's columns the cells of the versions that they update, so
 * that a version is whole by itself. Done again against other versions, the cells of the file are the same.
 */
export async function completeRows(tx: Transaction, importId: number, mapped: boolean[]): Promise<void> {
  await tx.$executeRawUnsafe(
    `update "Row" r set "values" = m.text::json
     from (
       select e."rowNumber" as row, (
         select ${mergedSql('n."values"', 'b."values"', '$2::boolean[]')}
         from "Row" n left join lateral (
           select o."values" from "Row" o where e."kind" = 'UPDATED'
             and o."importId" = e."metImportId" and o."rowNumber" = e."metRowNumber" limit 1
         ) b on true
         where n."importId" = e."importId" and n."rowNumber" = e."rowNumber" limit 1
       ) as text
       from "Effect" e where e."importId" = $1::int and e."kind" in ${writtenKinds}
     ) m
     where r."importId" = $1::int and r."rowNumber" = m.row and r."values"::text <> m.text`,
    importId,
    mapped,
  );
}
