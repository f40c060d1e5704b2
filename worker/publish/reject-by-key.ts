import type { Transaction } from '@/lib/db/client';
import type { KeyedImport } from './resolve';

/** A text as an SQL literal. */
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * Stores the rejections that only a key can be the reason of: an empty part, a row of the same file with the same key,
 * or (where rows are only added) a row of the dataset. The cells are those of the columns that were matched.
 */
export async function rejectByKey(tx: Transaction, it: KeyedImport): Promise<void> {
  const slots = new Map(it.mapping.map(({ index, slot }) => [index, slot]));
  const cells = Array.from({ length: it.width }, (_, index) => {
    const slot = slots.get(index);
    return slot === undefined ? `''` : `coalesce(r."values" ->> ${slot}, '')`;
  });
  const [first] = it.dataset.key;
  if (!first) return;
  const cell = (slot: number) => `r."values" ->> ${slot}`;
  const empty = it.dataset.key.map(
    ({ name, slot }) => `when coalesce(btrim(${cell(slot)}), '') = '' then ${literal(name)}`,
  );
  const names = it.dataset.key.map(({ name }) => `“${name}”`).join(' and ');
  await tx.$executeRawUnsafe(
    `insert into "Rejection" ("importId", "rowNumber", "cells", "reasons")
     select e."importId", e."rowNumber", to_jsonb(array[${cells.join(', ')}]::text[]), jsonb_build_array(
       case
         when e."metImportId" is null then jsonb_build_object(
           'column', case ${empty.join(' ')} else ${literal(first.name)} end, 'value', '', 'code', 'empty-key',
           'reason', 'It is part of the key, so it cannot be empty.')
         when e."metImportId" = e."importId" then jsonb_build_object(
           'column', ${literal(first.name)}, 'value', left(coalesce(${cell(first.slot)}, ''), 200), 'code', 'duplicate-key',
           'reason', ${literal(`The key ${names} is in this file more than once, also in row `)} || e."metRowNumber" || '.')
         else jsonb_build_object(
           'column', ${literal(first.name)}, 'value', left(coalesce(${cell(first.slot)}, ''), 200), 'code', 'existing-key',
           'reason', ${literal(`The key ${names} is in the dataset already: row `)} || e."metRowNumber" || ' of ' || coalesce(i."fileName", 'an earlier file') || '.')
       end)
     from "Effect" e
     join "Row" r on r."importId" = e."importId" and r."rowNumber" = e."rowNumber"
     left join "Import" i on i."id" = e."metImportId"
     where e."importId" = $1::int and e."kind" = 'REJECTED'
     on conflict do nothing`,
    it.id,
  );
}
