import { z } from 'zod';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { compileCell } from '@/lib/server/datasets/validate/compile-cell';
import { type KeyColumn, keysOfSql, keysSql } from '@/lib/server/datasets/versions/key-sql';
import { currentSnapshot } from '@/lib/server/datasets/versions/snapshot';
import { unescapeFormula } from '@/lib/server/imports/rejections/correction-file';
import { rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import { isCanonical, isStaged, storedValues } from '@/lib/server/imports/review/edits/revalidate-edited';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { byIndexSql } from '@/lib/server/platform/db/index-order';
import { withParameters } from '@/lib/server/platform/db/named-parameters';
import { Rejected } from '@/lib/shared/columns/validate/types';
import { isRejectionsFile } from '@/lib/shared/schema/own-columns';
import { type MappedColumn, storedInspection, storedMapping } from '@/lib/shared/schema/stored-import';
import type { Replacement } from '@/lib/shared/schema/stored-replacement';

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
  it: Pick<Import, 'id' | 'mapping' | 'inspection'>,
  dataset: { id: string; number: number; key: KeyColumn[] },
): Promise<Pick<Replacement, 'rejected' | 'rejectedRows'>> {
  const { imports, floor } = await currentSnapshot(dataset.id);
  const parameters = {
    importId: it.id,
    datasetNumber: dataset.number,
    seen: imports.map(({ id }) => id),
    floor,
  };
  const unreadable = await rejectedByCells(it, dataset.key, parameters);
  const staged = `$importId::int and "rowNumber" in (
    select "rowNumber" from "Effect" where "importId" = $importId::int and "kind" = 'REJECTED')`;
  const [byKey] = counted.parse(
    await query(
      `with lost as materialized (${removedSql(keysSql(dataset.key, staged))})
      select
        (select count(distinct key)::int from (
          select key from lost union all select unnest($keys::text[]) collate "C"
        ) k) as keys,
        array(select row from lost order by row limit ${rowsNamed}) as rows`,
      { ...parameters, keys: [...unreadable.keys] },
    ),
  );
  const { keys, rows } = byKey ?? { keys: 0, rows: [] };
  const named = [...rows, ...unreadable.rows].sort((a, b) => a - b).slice(0, rowsNamed);
  return { rejected: keys, rejectedRows: named };
}

/** The same for rows with cells that were rejected, of which the database keeps some: their keys, and the first rows. */
async function rejectedByCells(
  it: Pick<Import, 'id' | 'mapping' | 'inspection'>,
  key: KeyColumn[],
  parameters: Record<string, unknown>,
): Promise<{ keys: Set<string>; rows: number[] }> {
  const keyOf = keyReader(it, key);
  const keys = new Set<string>();
  const rows: number[] = [];
  for (let after = 0; ; ) {
    const page = await db().rejection.findMany({
      where: { importId: it.id, rowNumber: { gt: after } },
      orderBy: { rowNumber: 'asc' },
      take: pageRows,
    });
    const readable = page.map(rejectedRow).flatMap((row) => {
      const values = isStaged(row) ? null : keyOf(row);
      return values ? [{ row: row.rowNumber, text: JSON.stringify(values) }] : [];
    });
    if (readable.length > 0) {
      const ofPage = keysOfSql(
        key,
        'select row, text::json as "values", text from unnest($rows::int[], $texts::text[]) r(row, text) offset 0',
      );
      const lost = await query(`${removedSql(ofPage)} order by k.row`, {
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

/** Of rows of the file, those whose key the dataset has and no other row of the file brings. */
const removedSql = (keysOfRows: string) => `
  select k.row, k.key from (${keysOfRows}) k
  where k.key is not null and exists (
    select 1 from "Effect" e
    where e."datasetNumber" = $datasetNumber::int and e."key" = k.key and e."importId" = any($seen::int[]) and e."publication" >= $floor::int
  ) and not exists (
    select 1 from "Effect" e
    where e."datasetNumber" = $datasetNumber::int and e."key" = k.key and e."importId" = $importId::int
  )`;

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
  const checks = columns.map((column) => ({ column, check: compileCell(column) }));
  const escaped = isRejectionsFile(storedInspection.parse(inspection).columns);
  const width = Math.max(-1, ...columns.map(({ slot }) => slot)) + 1;
  return (row) => {
    // The whole key has to be in the file.
    if (columns.length < key.length) return null;
    if (isCanonical(row)) return storedValues(columns, row.cells);
    if (row.reasons.some(({ column }) => columns.some(({ name }) => name === column))) return null;
    const values: (string | null)[] = new Array(width).fill(null);
    for (const { column, check } of checks) {
      const value = check(cellOf(row, column, escaped));
      if (value === null || value instanceof Rejected) return null;
      values[column.slot] = value;
    }
    return values;
  };
}

function cellOf({ cells }: RejectedRow, { index }: MappedColumn, escaped: boolean): string {
  const cell = cells[index] ?? '';
  return escaped ? unescapeFormula(cell) : cell;
}
