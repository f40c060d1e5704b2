import { z } from 'zod';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { compileCell } from '@/lib/server/datasets/validate/compile-cell';
import { type KeyColumn, keysOfSql, keysSql } from '@/lib/server/datasets/versions/key-sql';
import { currentSnapshot } from '@/lib/server/datasets/versions/snapshot';
import { unescapeFormula } from '@/lib/server/imports/rejections/correction-file';
import { rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import { isCanonical, isStaged, storedValues } from '@/lib/server/imports/review/edits/revalidate-edited';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { withParameters } from '@/lib/server/platform/db/named-parameters';
import { Rejected } from '@/lib/shared/columns/validate/types';
import { isRejectionsFile } from '@/lib/shared/schema/own-columns';
import { type MappedColumn, storedInspection, storedMapping } from '@/lib/shared/schema/stored-import';
import type { Replacement } from '@/lib/shared/schema/stored-replacement';

/** Each may have a megabyte. */
const pageRows = 200;
/** Rows of the file that are named. */
const rowsNamed = 20;
const transaction = { timeout: 600_000, maxWait: 60_000 };

const found = z.array(z.object({ row: z.number(), key: z.string() }));

/**
 * Rows of a dataset that an import would remove although its file has them, since those rows of the file were rejected:
 * found by their keys, where these can be read. Looks at the rejected rows that the database keeps, the first 10,000.
 */
export async function findRejectedKeys(
  it: Pick<Import, 'id' | 'mapping' | 'inspection'>,
  dataset: { id: string; number: number; key: KeyColumn[] },
): Promise<Pick<Replacement, 'rejected' | 'rejectedRows'>> {
  const { imports, floor } = await currentSnapshot(dataset.id);
  const seen = imports.map(({ id }) => id);
  const keyOf = keyReader(it, dataset.key);
  const keys = new Set<string>();
  const rows: number[] = [];
  const add = (page: z.infer<typeof found>) => {
    for (const { row, key } of page) {
      keys.add(key);
      rows.push(row);
    }
  };
  const lost = async (keysOfRows: string, values: Record<string, unknown> = {}) => {
    const sql = `select k.row, k.key from (${keysOfRows}) k
      where k.key is not null and exists (
        select 1 from "Effect" e
        where e."datasetNumber" = $datasetNumber::int and e."key" = k.key and e."importId" = any($seen::int[]) and e."publication" >= $floor::int
      ) and not exists (
        select 1 from "Effect" e
        where e."datasetNumber" = $datasetNumber::int and e."key" = k.key and e."importId" = $importId::int
      )
      order by k.row`;
    add(
      await byIndex(async (tx) =>
        found.parse(
          await tx.$queryRawUnsafe(
            ...withParameters(sql, {
              importId: it.id,
              datasetNumber: dataset.number,
              seen,
              floor,
              ...values,
            }),
          ),
        ),
      ),
    );
  };
  const staged = `$importId::int and "rowNumber" in (
    select "rowNumber" from "Effect" where "importId" = $importId::int and "kind" = 'REJECTED')`;
  await lost(keysSql(dataset.key, staged));
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
      await lost(
        keysOfSql(
          dataset.key,
          'select row, text::json as "values", text from unnest($rows::int[], $texts::text[]) r(row, text) offset 0',
        ),
        { rows: readable.map(({ row }) => row), texts: readable.map(({ text }) => text) },
      );
    }
    const last = page.at(-1);
    if (!last || page.length < pageRows) break;
    after = last.rowNumber;
  }
  return { rejected: keys.size, rejectedRows: rows.sort((a, b) => a - b).slice(0, rowsNamed) };
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

/** As in resolve(): keys are looked up by their index, whatever PostgreSQL believes of tables that just grew. */
function byIndex<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`
      select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
        set_config('jit', 'off', true)`;
    return work(tx);
  }, transaction);
}
