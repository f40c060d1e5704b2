import { findDataset } from '@/lib/server/datasets/find-dataset';
import { makeIndex } from '@/lib/server/datasets/indexes/make-index';
import { queryRows, queryRowsQuery } from '@/lib/server/datasets/rows/query/query-rows';
import { refreshCurrentRows } from '@/lib/server/datasets/versions/refresh-current-rows';
import { redoImport } from '@/lib/server/imports/undo/undo-import';
import { db } from '@/lib/server/platform/db/client';
import { owner } from '@/testing/people';
import { measureKeyedUpdate } from './keyed';
import { copyInto } from './psql-copy';
import { measureImport } from './run-import';

/** How often each question is asked. */
const times = 40;

/** What was measured, by name, and its unit. */
export type Answers = [name: string, value: number, unit: 'ms' | '×' | 's' | 'MB'][];

/**
 * How fast rows are found that are in the database: pages in other orders, sums, single rows.
 * @param csv goes into a dataset without a key, and into a plain table beside it
 * @param changed updates each of its rows, in a dataset with a key
 */
export async function measureQueries(
  csv: string,
  changed: string,
  environment: Record<string, string>,
): Promise<Answers> {
  const { datasetId } = await measureImport(csv, environment);
  await copyInto(environment.DATABASE_URL ?? '', csv);
  const slug = await slugOf(datasetId);
  await db().$executeRawUnsafe('vacuum analyze copied');
  const answers: Answers = await comparisons(slug, 'the view');
  for (const column of ['amount', 'email', 'ordered_on']) answers.push(...(await pages(slug, column)));
  const keyed = await measureKeyedUpdate(csv, changed, environment);
  const keyedSlug = await slugOf(keyed.datasetId);
  answers.push([
    'current rows after an undo',
    await secondsOf(() => refreshCurrentRows(keyed.datasetId)),
    's',
  ]);
  await redoImport(keyed.id, await owner());
  answers.push(...(await comparisons(keyedSlug, 'that with a key, before they are known')));
  answers.push([
    'current rows after a redo',
    await secondsOf(() => refreshCurrentRows(keyed.datasetId)),
    's',
  ]);
  answers.push(...(await comparisons(keyedSlug, 'that with a key, all rows updated')));
  await db().$executeRawUnsafe('drop table copied');
  await indexOf(keyedSlug, 'order_id');
  const one = () =>
    db().$queryRawUnsafe(
      `select * from datasets."${keyedSlug}" where order_id = ${1_000_001 + Math.floor(Math.random() * keyed.rows)}`,
    );
  answers.push(['one row by key, p95', p95(await timesOf(one)), 'ms']);
  answers.push(...(await pages(keyedSlug, 'amount')));
  return answers;
}

async function slugOf(id: string): Promise<string> {
  return (await db().dataset.findUniqueOrThrow({ where: { id }, select: { slug: true } })).slug;
}

/** The view beside a plain table with the same rows, one after the other. */
async function comparisons(slug: string, name: string): Promise<Answers> {
  const answers: Answers = [];
  for (const what of ['count(*)', 'sum(amount)']) {
    const [plain, view]: [number[], number[]] = [[], []];
    for (let i = 0; i < 5; i++) {
      plain.push(await timeOf(() => db().$queryRawUnsafe(`select ${what} from copied`)));
      view.push(await timeOf(() => db().$queryRawUnsafe(`select ${what} from datasets."${slug}"`)));
    }
    answers.push([`${what} of ${name}`, median(view) / median(plain), '×']);
  }
  return answers;
}

/** Pages sorted and filtered by a column once it has its index. */
async function pages(slug: string, column: string): Promise<Answers> {
  const seconds = await secondsOf(() => indexOf(slug, column));
  const dataset = await findDataset(slug, await owner());
  const ask = (query: object) =>
    queryRows(dataset, queryRowsQuery.parse({ sort: column, limit: 100, ...query }));
  const { next } = await ask({});
  const middle = (await ask({ limit: 1_000, order: 'desc' })).rows.at(-1)?.cells[
    dataset.columns.findIndex(({ name }) => name === column)
  ];
  const filter = JSON.stringify([{ column, op: 'equals', value: middle }]);
  return [
    [`index of ${column}`, seconds, 's'],
    [`first page by ${column}, p95`, p95(await timesOf(() => ask({}))), 'ms'],
    [`next page by ${column}, p95`, p95(await timesOf(() => ask({ after: next ?? undefined }))), 'ms'],
    [`rows with one ${column}, p95`, p95(await timesOf(() => ask({ filter }))), 'ms'],
  ];
}

async function indexOf(slug: string, name: string): Promise<void> {
  const column = await db().column.findFirstOrThrow({ where: { name, dataset: { slug } } });
  await db().columnIndex.upsert({
    where: { columnId: column.id },
    create: { columnId: column.id },
    update: {},
  });
  await makeIndex(column.id);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

const secondsOf = async (work: () => Promise<unknown>) => (await timeOf(work)) / 1000;

async function timesOf(work: () => Promise<unknown>): Promise<number[]> {
  const list: number[] = [];
  for (let i = 0; i < times; i++) list.push(await timeOf(work));
  return list;
}

const sorted = (list: number[]) => [...list].sort((a, b) => a - b);
const median = (list: number[]) => sorted(list)[Math.floor(list.length / 2)] ?? 0;
const p95 = (list: number[]) => sorted(list)[Math.ceil(list.length * 0.95) - 1] ?? 0;
