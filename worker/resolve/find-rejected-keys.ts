import { z } from 'zod';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { compileCell } from '@/lib/server/datasets/validate/compile-cell';
import { type KeyColumn, keysOfSql, keysSql } from '@/lib/server/datasets/versions/key-sql';
import { currentSnapshot } from '@/lib/server/datasets/versions/snapshot';
import { unescapeFormula } from '@/lib/server/imports/rejections/correction-file';
import { rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import { storedValues } from '@/lib/server/imports/review/revalidate-rows';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { byIndexSql } from '@/lib/server/platform/db/index-order';
import { withParameters } from '@/lib/server/platform/db/named-parameters';
import { type CompiledTransform, compileTransform } from '@/lib/shared/columns/transform/compile-transform';
import { Rejected } from '@/lib/shared/columns/validate/types';
import { isRejectionsFile, ownColumns, stepsDone } from '@/lib/shared/schema/file/own-columns';
import { type MappedColumn, storedInspection, storedMapping } from '@/lib/shared/schema/import/stored-import';
import type { Replacement } from '@/lib/shared/schema/review/stored-replacement';

/** Each may have a megabyte. */
const pageRows = 200;
/** Rows of the file that are named. */
const rowsNamed = 20;
/** Minutes, for datasets of many millions of rows. */
export const countingTransaction = { timeout: 6 * 3600_000, maxWait: 60_000 };

const found = z.array(z.object({ row: z.number(), key: z.string() }));
const counted = z.array(z.object({ keys: z.number(), rows: z.array(z.number()) }));

/**
 * Rows of a dataset that an import would remove although its file has them, since those rows of the file were rejected:
 * found by their keys, where these can be read. Of rows that only their key makes wrong, all count: PostgreSQL has
 * them, and counts them itself (800,000 of them brought here took 219 MB, of a worker's 80). Of the others, those that
 * the database keeps, which are among the first 10,000 rejected rows.
 */
export async function findRejectedKeys(
  record: Pick<Import, 'id' | 'mapping' | 'inspection'>,
  dataset: { id: string; number: number; key: KeyColumn[] },
): Promise<Pick<Replacement, 'rejected' | 'rejectedRows'>> {
  const { imports, replacedBefore } = await currentSnapshot(dataset.id);
  const parameters = {
    importId: record.id,
    seen: imports.map(({ id }) => id),
    replacedBefore,
  };
  const unreadable = await rejectedByCells(record, dataset, parameters);
  const changes = inSchema(dataset.number, 'row_changes');
  const staged = `$importId::int and r."_row" in (
    select "rowNumber" from ${changes} where "importId" = $importId::int and "kind" = 'REJECTED')`;
  const keys = keysSql(dataset.key, inSchema(dataset.number, 'rows'), staged);
  const [byKey] = counted.parse(
    await query(
      `with lost as materialized (${removedSql(changes, keys)})
      select
        (select count(distinct key)::int from (
          select key from lost union all select unnest($keys::text[]) collate "C"
        ) k) as keys,
        array(select row from lost order by row limit ${rowsNamed}) as rows`,
      { ...parameters, keys: [...unreadable.keys] },
    ),
  );
  const { keys: count, rows } = byKey ?? { keys: 0, rows: [] };
  const named = [...rows, ...unreadable.rows].sort((a, b) => a - b).slice(0, rowsNamed);
  return { rejected: count, rejectedRows: named };
}

/** The same for rows with cells that were rejected, of which the database keeps some: their keys, and the first rows. */
async function rejectedByCells(
  record: Pick<Import, 'id' | 'mapping' | 'inspection'>,
  { number, key }: { number: number; key: KeyColumn[] },
  parameters: Record<string, unknown>,
): Promise<{ keys: Set<string>; rows: number[] }> {
  const keyOf = keyReader(record, key);
  const keys = new Set<string>();
  const rows: number[] = [];
  for (let after = 0; ; ) {
    const page = await db().rejection.findMany({
      where: { importId: record.id, rowNumber: { gt: after } },
      orderBy: { rowNumber: 'asc' },
      take: pageRows,
    });
    const readable = page.map(rejectedRow).flatMap((row) => {
      const values = row.staged ? null : keyOf(row);
      return values ? [{ row: row.rowNumber, text: JSON.stringify(values) }] : [];
    });
    if (readable.length > 0) {
      const ofPage = keysOfSql(
        key,
        'select row, text::json as "values" from unnest($rows::int[], $texts::text[]) r(row, text) offset 0',
      );
      const lost = await query(`${removedSql(inSchema(number, 'row_changes'), ofPage)} order by k.row`, {
        ...parameters,
        rows: readable.map(({ row }) => row),
        texts: readable.map(({ text }) => text),
      });
      for (const { row, key: removed } of found.parse(lost)) {
        keys.add(removed);
        if (rows.length < rowsNamed) rows.push(row);
      }
    }
    const last = page.at(-1);
    if (!last || page.length < pageRows) return { keys, rows };
    after = last.rowNumber;
  }
}

/**
 * Of rows of the file, those whose key the dataset has and no other row of the file brings. Each is looked up by itself,
 * in the index of keys: rows that were staged just now have no figures yet, and going through those of the whole import
 * for each of 10,000 keys took a minute.
 */
const removedSql = (changes: string, keysOfRows: string) => `
  select k.row, k.key from (${keysOfRows}) k
  cross join lateral (
    select bool_or(e."importId" = any($seen::int[]) and e."publishedRevision" >= $replacedBefore::int) as there,
      bool_or(e."importId" = $importId::int) as brought
    from ${changes} e where e."key" = k.key
  ) e
  where k.key is not null and e.there and not e.brought`;

/** Keys are looked up by their index. */
function query(sql: string, parameters: Record<string, unknown>): Promise<unknown> {
  return db().$transaction(async (tx) => {
    await tx.$executeRawUnsafe(byIndexSql);
    return tx.$queryRawUnsafe(...withParameters(sql, parameters));
  }, countingTransaction);
}

/** Reads the cells of a rejected row that make its key, by slot; null where one of them is what is wrong. */
function keyReader(
  { mapping: stored, inspection }: Pick<Import, 'mapping' | 'inspection'>,
  key: KeyColumn[],
): (row: RejectedRow) => (string | null)[] | null {
  const mapping = storedMapping.parse(stored);
  const columns = key.flatMap(({ slot }) => mapping.find((column) => column.slot === slot) ?? []);
  const { columns: fileColumns } = storedInspection.parse(inspection);
  const escaped = isRejectionsFile(fileColumns);
  const mark = escaped ? fileColumns.findIndex(({ name }) => name === ownColumns.stored) : -1;
  const checks = columns.map((column) => ({
    column,
    made: madeOf(column, escaped, mark),
    check: compileCell(column),
  }));
  const width = Math.max(-1, ...columns.map(({ slot }) => slot)) + 1;
  return (row) => {
    // The whole key has to be in the file.
    if (columns.length < key.length) return null;
    if (row.cellsForm === 'CANONICAL') return storedValues(columns, row.cells);
    if (row.reasons.some(({ column }) => columns.some(({ name }) => name === column))) return null;
    const values: (string | null)[] = new Array(width).fill(null);
    for (const { column, made, check } of checks) {
      const given = made(row);
      const value = typeof given === 'string' ? check(given) : given;
      if (value === null || value instanceof Rejected) return null;
      values[column.slot] = value;
    }
    return values;
  };
}

/**
 * What a column's value is made of before it is checked.
 * @param mark where a file of rejected rows says that its steps are done; -1 where it does not
 */
function madeOf(
  column: MappedColumn,
  escaped: boolean,
  mark: number,
): (row: RejectedRow) => string | Rejected {
  const asItIs: CompiledTransform = (cells) => cells[column.index] ?? '';
  const transform = compileTransform(column) ?? asItIs;
  return ({ cells }) =>
    (cells[mark]?.trim() === stepsDone ? asItIs : transform)(escaped ? cells.map(unescapeFormula) : cells);
}
