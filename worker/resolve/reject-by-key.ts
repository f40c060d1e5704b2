import { z } from 'zod';
import { canonicalCellSql } from '@/lib/server/datasets/storage/cell-sql';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import {
  countChunk,
  keptRejections,
  mostInChunk,
  RejectionLines,
  writeChunk,
} from '@/lib/server/imports/rejections/chunks';
import { type FoundRejection, rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import type { Transaction } from '@/lib/server/platform/db/client';
import { cellsByPlace } from './cells-by-place';
import type { KeyedImport } from './keyed-import';

const kept = z.array(z.object({ rows: z.number(), last: z.number().nullable() }));

/**
 * Stores the rejections that only a key can be the reason of: an empty part, a row of the same file with the same key,
 * or (where rows are only added) a row of the dataset. The cells are those of the columns that were matched. The
 * database keeps as many as it has room for, and all others are in objects, which count from the commit on.
 */
export async function rejectByKey(tx: Transaction, record: KeyedImport): Promise<void> {
  const sql = rejectedSql(record);
  const room = Math.max(0, keptRejections - (await tx.rejection.count({ where: { importId: record.id } })));
  const stored = await tx.$queryRawUnsafe(
    `with stored as (
       insert into "Rejection" ("importId", "rowNumber", "cells", "cellsForm", "staged", "reasons")
       select $1::int, "rowNumber", "cells", "cellsForm", "staged", "reasons" from (${sql}) r returning "rowNumber")
     select count(*)::int as rows, max("rowNumber") as last from stored`,
    record.id,
    0,
    room,
  );
  const [first] = kept.parse(stored);
  if (!first || first.rows < room) return;
  for (let after = first.last ?? 0; ; ) {
    const found = await tx.$queryRawUnsafe<FoundRejection[]>(
      `select "rowNumber", "cells", "cellsForm", "staged", "reasons" from (
         select *, sum(size) over (order by "rowNumber") - size as before from (${sql}) r
       ) r where before < ${mostInChunk.characters} order by "rowNumber"`,
      record.id,
      after,
      mostInChunk.rows,
    );
    if (found.length === 0) return;
    const lines = new RejectionLines();
    for (const row of found) lines.add(rejectedRow(row));
    await countChunk(tx, await writeChunk(record.id, lines), lines, true);
    after = lines.lastRow;
  }
}

/** A text as an SQL literal. */
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The rows of import $1 that only their key makes wrong, after row $2 of the file, $3 at most. */
function rejectedSql(record: KeyedImport): string {
  const { key, number } = record.dataset;
  const [first] = key;
  if (!first) throw new Error('The dataset has no key.');
  const cells = cellsByPlace(record.mapping, record.width, 'r');
  const shown = `left(coalesce(${canonicalCellSql(first, 'r')}, ''), 200)`;
  const empty = key.map(
    (column) =>
      `when coalesce(btrim(${canonicalCellSql(column, 'r')}), '') = '' then ${literal(column.name)}`,
  );
  const names = key.map(({ name }) => `“${name}”`).join(' and ');
  return `select e."rowNumber", octet_length(r.cells::text) as size, r.cells, 'CANONICAL'::"CellsForm" as "cellsForm", true as staged,
       jsonb_build_array(
       case
         when e."matchedImportId" is null then jsonb_build_object(
           'column', case ${empty.join(' ')} else ${literal(first.name)} end, 'value', '', 'code', 'empty-key',
           'reason', 'This is a key column, so it cannot be empty.')
         when e."matchedImportId" = e."importId" then jsonb_build_object(
           'column', ${literal(first.name)}, 'value', ${shown}, 'code', 'duplicate-key',
           'reason', ${literal(`The key ${names} is in this file more than once, also in row `)} || e."matchedRowNumber" || '.')
         else jsonb_build_object(
           'column', ${literal(first.name)}, 'value', ${shown}, 'code', 'existing-key',
           'reason', ${literal(`The key ${names} is in the dataset already: row `)} || e."matchedRowNumber" || ' of ' || coalesce(i."fileName", 'an earlier file') || '.')
       end) as reasons
     from (
       select * from ${inSchema(number, 'row_changes')} e
       where e."importId" = $1::int and e."kind" = 'REJECTED' and e."rowNumber" > $2::int
         and e."rowNumber" not in (select x."rowNumber" from "Rejection" x where x."importId" = $1::int)
       order by e."rowNumber" limit $3::int
     ) e
     cross join lateral (
       select r.*, ${cells} as cells from ${inSchema(number, 'rows')} r
       where r."_import" = e."importId" and r."_row" = e."rowNumber" limit 1
     ) r
     left join "Import" i on i."id" = e."matchedImportId"`;
}
