import { z } from 'zod';
import {
  countChunk,
  keptRejections,
  RejectionLines,
  writeChunk,
} from '@/lib/server/imports/rejections/chunks';
import { rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import type { Transaction } from '@/lib/server/platform/db/client';
import { MiB } from '@/lib/shared/bytes';
import type { KeyedImport } from './resolve';

/** Rejected rows in one object: as many as fit into memory as text. */
const rowsAtATime = 5_000;
const bytesAtATime = 4 * MiB;

const kept = z.array(z.object({ rows: z.number(), last: z.number().nullable() }));

/**
 * Stores the rejections that only a key can be the reason of: an empty part, a row of the same file with the same key,
 * or (where rows are only added) a row of the dataset. The cells are those of the columns that were matched. The
 * database keeps as many as it has room for, and all others are in objects, which count from the commit on.
 */
export async function rejectByKey(tx: Transaction, it: KeyedImport): Promise<void> {
  const sql = rejectedSql(it);
  const room = Math.max(0, keptRejections - (await tx.rejection.count({ where: { importId: it.id } })));
  const stored = await tx.$queryRawUnsafe(
    `with stored as (
       insert into "Rejection" ("importId", "rowNumber", "cells", "reasons")
       select $1::int, "rowNumber", "cells", "reasons" from (${sql}) r returning "rowNumber")
     select count(*)::int as rows, max("rowNumber") as last from stored`,
    it.id,
    0,
    room,
  );
  const [first] = kept.parse(stored);
  if (!first || first.rows < room) return;
  for (let after = first.last ?? 0; ; ) {
    const found = await tx.$queryRawUnsafe<{ rowNumber: number; cells: unknown; reasons: unknown }[]>(
      `select "rowNumber", "cells", "reasons" from (
         select *, sum(size) over (order by "rowNumber") - size as before from (${sql}) r
       ) r where before < ${bytesAtATime} order by "rowNumber"`,
      it.id,
      after,
      rowsAtATime,
    );
    if (found.length === 0) return;
    const lines = new RejectionLines();
    for (const row of found) lines.add(rejectedRow(row));
    await countChunk(tx, await writeChunk(it.id, lines), lines, true);
    after = lines.lastRow;
  }
}

/** A text as an SQL literal. */
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The rows of import $1 that only their key makes wrong, after row $2 of the file, $3 at most. */
function rejectedSql(it: KeyedImport): string {
  const slots = new Map(it.mapping.map(({ index, slot }) => [index, slot]));
  const cells = Array.from({ length: it.width }, (_, index) => {
    const slot = slots.get(index);
    return slot === undefined ? `''` : `coalesce(r."values" ->> ${slot}, '')`;
  });
  const [first] = it.dataset.key;
  if (!first) throw new Error('The dataset has no key.');
  const cell = (slot: number) => `r."values" ->> ${slot}`;
  const empty = it.dataset.key.map(
    ({ name, slot }) => `when coalesce(btrim(${cell(slot)}), '') = '' then ${literal(name)}`,
  );
  const names = it.dataset.key.map(({ name }) => `“${name}”`).join(' and ');
  return `select e."rowNumber", octet_length(r."values"::text) as size,
       to_jsonb(array[${cells.join(', ')}]::text[]) as cells, jsonb_build_array(
       case
         when e."metImportId" is null then jsonb_build_object(
           'column', case ${empty.join(' ')} else ${literal(first.name)} end, 'value', '', 'code', 'empty-key',
           'reason', 'This is a key column, so it cannot be empty.')
         when e."metImportId" = e."importId" then jsonb_build_object(
           'column', ${literal(first.name)}, 'value', left(coalesce(${cell(first.slot)}, ''), 200), 'code', 'duplicate-key',
           'reason', ${literal(`The key ${names} is in this file more than once, also in row `)} || e."metRowNumber" || '.')
         else jsonb_build_object(
           'column', ${literal(first.name)}, 'value', left(coalesce(${cell(first.slot)}, ''), 200), 'code', 'existing-key',
           'reason', ${literal(`The key ${names} is in the dataset already: row `)} || e."metRowNumber" || ' of ' || coalesce(i."fileName", 'an earlier file') || '.')
       end) as reasons
     from (
       select * from "Effect" e
       where e."importId" = $1::int and e."kind" = 'REJECTED' and e."rowNumber" > $2::int
         and not exists (select 1 from "Rejection" x where x."importId" = e."importId" and x."rowNumber" = e."rowNumber")
       order by e."rowNumber" limit $3::int
     ) e
     cross join lateral (
       select r."values" from "Row" r where r."importId" = e."importId" and r."rowNumber" = e."rowNumber" limit 1
     ) r
     left join "Import" i on i."id" = e."metImportId"`;
}
