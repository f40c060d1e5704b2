import { expect, it, vi } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { readRowPage } from '@/lib/server/datasets/rows/read-rows';
import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { largestInteger } from '@/lib/shared/largest-integer';
import { openDatabase } from '@/testing/environment';
import { makeDataset } from '@/testing/make-dataset';
import { owner } from '@/testing/people';
import { readAddedRows } from './read-added-rows';

openDatabase();

/** A dataset with one import of rows with these numbers, which are stored in this order. */
async function datasetOf(numbers: number[], text: (n: number) => string = String) {
  const user = await owner();
  const { id, table } = await makeDataset([
    { slot: 0, type: 'TEXT' },
    { slot: 300, type: 'TEXT' },
  ]);
  const { slug } = await db().dataset.findUniqueOrThrow({ where: { id } });
  const record = await db().import.create({
    data: {
      user: { connect: { id: user.id } },
      dataset: { connect: { id } },
      upload: { create: { objectKey: slug } },
      status: 'COMPLETED',
      fileName: 'made.csv',
      fileSize: 1,
      publishedRevision: 1,
      rowsInserted: numbers.length,
    },
  });
  const rows = numbers.map((n) => ({ n, text: text(n), more: [...Array(50).fill(null), `more ${n}`] }));
  await db().$executeRawUnsafe(
    `insert into ${table.rows} ("_import", "_row", "c0", "_more")
     select $1::int, n, "text", "more" from jsonb_to_recordset($2::jsonb) r (n int, "text" text, "more" jsonb)`,
    record.id,
    JSON.stringify(rows),
  );
  await db().$executeRawUnsafe(
    `select brin_summarize_new_values('"ds_${table.number}"."rows_place"'::regclass)`,
  );
  return { table, record, find: async () => findDataset(slug, user) };
}

type Made = Awaited<ReturnType<typeof datasetOf>>;

async function exported({ find }: Made): Promise<string[]> {
  let text = '';
  for await (const piece of exportRows(await find(), { format: 'csv' })) text += piece;
  return text.split('\r\n').slice(1, -1);
}

async function paged({ find }: Made, limit: number): Promise<string[]> {
  const dataset = await find();
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await readRowPage(dataset, { after, limit });
    found.push(...page.rows.map(({ cells }) => cells.join()));
    after = page.next ?? undefined;
  } while (after);
  return found;
}

const dense = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
const sparse = (from: number, count: number, apart: number) => dense(0, count).map((i) => from + i * apart);
const reversed = (numbers: number[]) => [...numbers].reverse();

it.each([
  ['dense', dense(2, 3_000)],
  ['few and far between', sparse(2, 3_000, 97)],
  [
    'far from the beginning, and from each other',
    [...dense(900_000, 700), ...dense(40_000_000, 900), largestInteger],
  ],
  ['first sparse, then dense', [...sparse(5, 40, 1_000), ...dense(500_000, 2_500)]],
  ['stored the other way round', reversed(dense(2, 3_000))],
  ['stored in order, but for those that were corrected', [...sparse(3, 1_500, 2), ...sparse(2, 1_500, 2)]],
  ['none', []],
])('reads rows whose numbers are %s', async (_, numbers) => {
  const made = await datasetOf(numbers);
  const expected = [...numbers].sort((a, b) => a - b).map((n) => `${n},more ${n}`);
  expect(await exported(made)).toEqual(expected);
  Object.assign(env(), { ROW_WRITER: 'createMany' });
  expect(await exported(made).finally(() => Object.assign(env(), { ROW_WRITER: 'copy' }))).toEqual(expected);
  for (const limit of [100, 999]) expect(await paged(made, limit)).toEqual(expected);
});

it('exports rows that become much wider, and are not stored in order', async () => {
  const wide = 'x'.repeat(150_000);
  const numbers = [...dense(2, 400), ...reversed(dense(402, 60)), ...dense(462, 100)];
  const made = await datasetOf(numbers, (n) => (n >= 300 && n < 480 ? `${n} ${wide}` : String(n)));
  const expected = dense(2, 560).map((n) => `${n >= 300 && n < 480 ? `${n} ${wide}` : n},more ${n}`);
  expect((await exported(made)).join('\n') === expected.join('\n')).toBe(true);
});

it('asks once where a page has all rows of an import, and what comes after it otherwise', async () => {
  const { table, record } = await datasetOf(dense(2, 500));
  const asked = vi.spyOn(db(), '$queryRawUnsafe');
  const queries = async (after: number, limit: number) => {
    asked.mockClear();
    const rows = await readAddedRows(table, record, after, limit);
    return { rows: rows.length, queries: asked.mock.calls.length };
  };
  expect(await queries(0, 500)).toEqual({ rows: 500, queries: 1 });
  expect(await queries(0, 600)).toEqual({ rows: 500, queries: 1 });
  expect(await queries(200, 100)).toEqual({ rows: 100, queries: 1 });
  expect(await queries(450, 100)).toEqual({ rows: 51, queries: 2 });
  expect(await queries(501, 100)).toEqual({ rows: 0, queries: 2 });
  asked.mockRestore();
});
