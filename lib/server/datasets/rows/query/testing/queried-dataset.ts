import { findDataset } from '@/lib/server/datasets/find-dataset';
import { db } from '@/lib/server/platform/db/client';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { RowFilter } from '@/lib/shared/schema/dataset/row-query';
import { owner } from '@/testing/people';
import { randomFrom } from '@/testing/random-from';
import { queryRows, queryRowsQuery } from '../query-rows';

/** The columns of the datasets that queries are tried on. */
export const types = {
  id: 'INTEGER',
  name: 'TEXT',
  amount: 'DECIMAL',
  day: 'DATE',
  at: 'DATETIME',
  hour: 'TIME',
  paid: 'BOOLEAN',
  data: 'JSON',
} satisfies Record<string, ColumnType>;
export type Row = Record<keyof typeof types, string | null>;

let made = 0;

/** A dataset whose rows one import brought, as canonical texts. */
export async function datasetOf(rows: Row[], wide = false) {
  made += 1;
  const user = await owner();
  const slug = `query_${made}`;
  const dataset = await db().dataset.create({
    data: { slug, name: slug, ownerId: user.id, revision: 1, rows: rows.length },
  });
  await db().column.createMany({
    data: Object.entries(types).map(([name, type], i) => ({
      datasetId: dataset.id,
      slot: wide ? 250 + i : i,
      position: i,
      name,
      type,
    })),
  });
  const record = await addImport(dataset.id, rows.length, 1);
  await insert(dataset.number, record.id, rows, wide);
  return { slug, dataset, find: async () => findDataset(slug, user) };
}

export async function addImport(datasetId: string, rowsInserted: number, publishedRevision: number) {
  const { id: userId } = await owner();
  const objectKey = `${datasetId} ${publishedRevision}`;
  await db().upload.create({ data: { objectKey } });
  return db().import.create({
    data: {
      userId,
      datasetId,
      objectKey,
      fileName: 'a.csv',
      fileSize: 1,
      status: 'COMPLETED',
      publishedRevision,
      rowsInserted,
    },
  });
}

const casts = {
  INTEGER: 'bigint',
  DECIMAL: 'numeric',
  DATE: 'date',
  DATETIME: 'timestamp',
  TIME: 'time',
  BOOLEAN: 'boolean',
  JSON: 'json',
  TEXT: 'text',
};

export async function insert(number: number, importId: number, rows: Row[], wide: boolean): Promise<void> {
  const names = Object.keys(types);
  const cells = wide ? '"_more"' : names.map((_, i) => `"c${i}"`).join(', ');
  const values = wide
    ? `jsonb_build_array(${names.map((name) => `r ->> '${name}'`).join(', ')})`
    : Object.entries(types)
        .map(([name, type]) => `(r ->> '${name}')::${casts[type]}`)
        .join(', ');
  await db().$executeRawUnsafe(
    `insert into "ds_${number}"."rows" ("_import", "_row", ${cells})
     select ${importId}, n + 1, ${values} from json_array_elements($1::json) with ordinality as z(r, n)`,
    JSON.stringify(rows),
  );
}

const words = [
  'Zoë',
  'anna',
  'Anna',
  'ANNABEL',
  'b%b',
  'b_b',
  'ölm',
  '',
  ' ',
  `${'x'.repeat(120)}1`,
  `${'x'.repeat(120)}2`,
];

export function randomRows(count: number, seed: number): Row[] {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const some = (text: () => string) => (random() < 0.2 ? null : text());
  const two = (n: number) => String(n).padStart(2, '0');
  return Array.from({ length: count }, () => ({
    id: some(() => String(Math.floor(random() * 9) - 4)),
    name: some(() => pick(words)),
    amount: some(() => `${Math.floor(random() * 5)}.${Math.floor(random() * 3)}0`),
    day: some(() => `2026-01-${two(1 + Math.floor(random() * 9))}`),
    at: some(() => `2026-01-0${1 + Math.floor(random() * 3)}T0${Math.floor(random() * 3)}:00:00`),
    hour: some(() => `0${Math.floor(random() * 3)}:30:00`),
    paid: some(() => String(random() < 0.5)),
    data: some(() => `{"a": ${Math.floor(random() * 3)}}`),
  }));
}

/** All pages of a query. */
export async function all(dataset: Awaited<ReturnType<typeof findDataset>>, query: object, limit = 7) {
  const rows: (string | null)[][] = [];
  for (let after: string | undefined; ; ) {
    const page = await queryRows(
      dataset,
      queryRowsQuery.parse({ ...query, limit, ...(after ? { after } : {}) }),
    );
    rows.push(...page.rows.map(({ row, cells }) => [String(row), ...cells]));
    if (page.next === null) return rows;
    after = page.next;
  }
}

export const numbersOf = (rows: (string | null)[][]) => rows.map(([row]) => Number(row) - 2);
export const filters = (...list: RowFilter[]) => ({ filter: JSON.stringify(list) });
