import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { readRowPage } from '@/lib/server/datasets/rows/read-rows';
import { listOutcomes } from '@/lib/server/imports/outcomes/list-outcomes';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { shareRows } from '@/testing/share-rows';
import { runImport } from '@/worker/testing/run-import';
import { env } from '../env';
import { borrowConnection, db } from './client';

openDatabase();

const rows = 24_000;
/** Rows of a page, where a person or a script pages. */
const limit = 1_000;
const numbers = Array.from({ length: rows }, (_, i) => i);
const csv = (text: (i: number) => string) => Buffer.from(`n,t\n${numbers.map(text).join('\n')}\n`);

/** A table as PostgreSQL's statistics name it. */
interface Table {
  schema: string;
  name: string;
}
const shared = (name: string): Table => ({ schema: 'public', name });

/** Has PostgreSQL know no more of a table than before anybody looked at its rows. */
async function forgetFigures({ schema, name }: Table): Promise<void> {
  await db().$executeRawUnsafe(`alter table "${schema}"."${name}" set (autovacuum_enabled = false)`);
  await db().$queryRaw`
    select pg_clear_attribute_stats(${schema}, ${name}, attname::text, false)::text
    from pg_stats where schemaname = ${schema} and tablename = ${name}`;
  await db().$queryRaw`select pg_clear_relation_stats(${schema}, ${name})::text`;
}

/** The tables of an import's dataset. */
async function tableOf({ dataset }: ImportDetails, ...names: string[]): Promise<Table[]> {
  const { number } = await db().dataset.findUniqueOrThrow({ where: { id: dataset?.id ?? '' } });
  return names.map((name) => ({ schema: `ds_${number}`, name }));
}

const counted = z
  .array(z.object({ read: z.coerce.number() }))
  .length(1)
  .transform(([count]) => count?.read ?? 0);

/** How many rows this file's database has read from a table so far, by whatever plan. */
async function readFrom({ schema, name }: Table): Promise<number> {
  // Each connection keeps its counts to itself for a while: all are taken, and asked for them.
  const borrowed = await Promise.all(Array.from({ length: env().DATABASE_POOL }, () => borrowConnection()));
  for (const { connection, release } of borrowed) {
    await connection.query('select pg_stat_force_next_flush()');
    release(false);
  }
  return counted.parse(
    await db().$queryRaw`
      select coalesce(idx_tup_fetch, 0) + seq_tup_read as read from pg_stat_user_tables
      where schemaname = ${schema} and relname = ${name}`,
  );
}

/** How many rows of a table some work reads. */
async function readBy(table: Table, work: () => Promise<void>): Promise<number> {
  const before = await readFrom(table);
  await work();
  return (await readFrom(table)) - before;
}

async function exported(slug: string): Promise<void> {
  let lines = 0;
  for await (const piece of exportRows(await findDataset(slug, await owner()), { format: 'csv' })) {
    for (const byte of piece) if (byte === 10) lines++;
  }
  expect(lines).toBe(rows + 1);
}

async function paged(slug: string): Promise<void> {
  const dataset = await findDataset(slug, await owner());
  let after: string | undefined;
  let seen = 0;
  do {
    const page = await readRowPage(dataset, { after, limit });
    seen += page.rows.length;
    after = page.next ?? undefined;
  } while (after);
  expect(seen).toBe(rows);
}

async function listed(id: string, outcome: 'inserted' | 'updated'): Promise<void> {
  let after: number | null = 0;
  let seen = 0;
  while (after !== null) {
    const page = await listOutcomes(id, { outcome, after, limit, column: undefined }, await owner());
    seen += page.rows.length;
    after = page.next;
  }
  expect(seen).toBe(rows);
}

async function withoutCopy(work: () => Promise<void>): Promise<void> {
  const before = env().ROW_WRITER;
  Object.assign(env(), { ROW_WRITER: 'createMany' });
  await work().finally(() => Object.assign(env(), { ROW_WRITER: before }));
}

describe('of tables without statistics', () => {
  it('rows that were added are read once, by an export and page by page, with an index by row', async () => {
    await db().$executeRaw`alter table "Row" set (autovacuum_enabled = false)`;
    const done = await runImport(
      csv((i) => `${i},row ${i}`),
      { name: 'added.csv' },
    );
    await shareRows(done.dataset?.id ?? '');
    const slug = done.dataset?.slug ?? '';
    const each = async (work: () => Promise<void>) => {
      const read = await readBy(shared('Row'), work);
      expect(read).toBeGreaterThanOrEqual(rows);
      expect(read).toBeLessThan(1.1 * rows);
    };
    await each(() => exported(slug));
    await each(() => paged(slug));
    await each(() => listed(done.id, 'inserted'));
    await each(() => withoutCopy(() => exported(slug)));
  });

  it('so are rows with a key, and what was written over them', async () => {
    const done = await runImport(
      csv((i) => `${i},row ${i}`),
      { name: 'keyed.csv', key: ['n'] },
    );
    const [slug, id] = [done.dataset?.slug ?? '', done.dataset?.id ?? ''];
    const tables = await tableOf(done, 'rows', 'row_changes');
    for (const table of tables) await forgetFigures(table);
    const each = async (work: () => Promise<void>, versions: number) => {
      // Of each version its row, and one look at what became of its place.
      for (const table of tables) {
        const read = await readBy(table, work);
        expect(read).toBeGreaterThanOrEqual(rows);
        expect(read).toBeLessThan((1.1 + versions) * rows);
      }
    };
    await each(() => exported(slug), 0);
    await each(() => paged(slug), 0);
    const changed = await runImport(
      csv((i) => `${i},other ${i}`),
      {
        name: 'keyed.csv',
        key: ['n'],
        dataset: { id },
        mode: 'UPSERT',
      },
    );
    for (const table of tables) await forgetFigures(table);
    await each(() => exported(slug), 1);
    await each(() => paged(slug), 1);
    await each(() => listed(changed.id, 'updated'), 1);
  });
});

const blocksIn = z.array(z.object({ most: z.number(), blocks: z.number(), displaced: z.number() })).length(1);

describe('of a table that keeps only which blocks hold which rows', () => {
  it('a page reads the blocks of its rows, wherever it begins, and an export those of each page', async () => {
    const done = await runImport(
      csv((i) => `${i},${'a longer text '.repeat(20)}${i}`),
      { name: 'blocks.csv' },
    );
    const [table = shared('')] = await tableOf(done, 'rows');
    const name = `"${table.schema}"."${table.name}"`;
    await forgetFigures(table);
    await db().$executeRawUnsafe(
      `select brin_summarize_new_values('"${table.schema}"."rows_place"'::regclass)`,
    );
    const [size] = blocksIn.parse(
      await db().$queryRawUnsafe(
        `select max(count)::int as most, count(*)::int as blocks, count(*) filter (where first < before)::int as displaced
         from (
           select count(*), min("_row") as first, lag(max("_row")) over (order by (ctid::text::point)[0]) as before
           from ${name} group by (ctid::text::point)[0]) blocks`,
      ),
    );
    const { most = 0, blocks = 0, displaced = 0 } = size ?? {};
    expect(blocks).toBeGreaterThan(800);
    // PostgreSQL fills a block later than those after it now and then: it is read with others, and pages are sorted there.
    expect(displaced).toBeLessThan(20);
    // Blocks are known by sixteen: a page has such ones at both of its ends, and looks a quarter further.
    const beside = (2 + displaced) * 16 * most;
    const again = displaced * 4_000;
    const dataset = await findDataset(done.dataset?.slug ?? '', await owner());
    const [record] = await db().import.findMany({ where: { publicId: done.id } });
    for (const start of [0, 1, 5_000, 12_345, rows - limit]) {
      const read = await readBy(table, async () => {
        const page = await readRowPage(dataset, { after: `${record?.id}.${start}`, limit });
        expect(page.rows).toHaveLength(limit);
        expect(page.rows[0]?.row).toBe(Math.max(2, start + 1));
      });
      expect(read).toBeGreaterThanOrEqual(limit);
      expect(read).toBeLessThan(1.3 * limit + beside);
    }
    const all = await readBy(table, () => exported(dataset.slug));
    expect(all).toBeGreaterThanOrEqual(rows);
    // Eleven pages or so, and no other query.
    expect(all).toBeLessThan(1.1 * rows + 15 * beside + again);
    const without = await readBy(table, () => withoutCopy(() => exported(dataset.slug)));
    expect(without).toBeLessThan(1.1 * rows + 20 * beside);
    const list = await readBy(table, () => listed(done.id, 'inserted'));
    expect(list).toBeLessThan(1.3 * rows + (rows / limit) * beside);
  });
});
