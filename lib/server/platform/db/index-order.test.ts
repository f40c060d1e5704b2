import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { readRowPage } from '@/lib/server/datasets/rows/read-rows';
import { listOutcomes } from '@/lib/server/imports/outcomes/list-outcomes';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { env } from '../env';
import { borrowConnection, db } from './client';

openDatabase();

const rows = 24_000;
/** Rows of a page, where a person or a script pages. */
const limit = 1_000;
const numbers = Array.from({ length: rows }, (_, i) => i);
const csv = (text: (i: number) => string) => Buffer.from(`n,t\n${numbers.map(text).join('\n')}\n`);

const counted = z
  .array(z.object({ read: z.coerce.number() }))
  .length(1)
  .transform(([count]) => count?.read ?? 0);

/** How many rows this file's database has read from a table so far, by whatever plan. */
async function readFrom(table: string): Promise<number> {
  // Each connection keeps its counts to itself for a while: all are taken, and asked for them.
  const borrowed = await Promise.all(Array.from({ length: env().DATABASE_POOL }, () => borrowConnection()));
  for (const { connection, release } of borrowed) {
    await connection.query('select pg_stat_force_next_flush()');
    release(false);
  }
  return counted.parse(
    await db().$queryRaw`
      select coalesce(idx_tup_fetch, 0) + seq_tup_read as read from pg_stat_user_tables where relname = ${table}`,
  );
}

/** How many rows of a table some work reads. */
async function readBy(table: string, work: () => Promise<void>): Promise<number> {
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

beforeAll(async () => {
  // As it is straight after an import: PostgreSQL never had a look at the rows.
  await db().$executeRaw`alter table "Row" set (autovacuum_enabled = false)`;
  await db().$executeRaw`alter table "Effect" set (autovacuum_enabled = false)`;
});

describe('of tables without statistics', () => {
  it('rows that were added are read once, by an export and page by page', async () => {
    const done = await runImport(
      csv((i) => `${i},row ${i}`),
      { name: 'added.csv' },
    );
    const slug = done.dataset?.slug ?? '';
    const each = async (work: () => Promise<void>) => {
      const read = await readBy('Row', work);
      expect(read).toBeGreaterThanOrEqual(rows);
      expect(read).toBeLessThan(1.1 * rows);
    };
    await each(() => exported(slug));
    await each(() => paged(slug));
    await each(() => listed(done.id, 'inserted'));
    const before = env().ROW_WRITER;
    Object.assign(env(), { ROW_WRITER: 'createMany' });
    try {
      await each(() => exported(slug));
    } finally {
      Object.assign(env(), { ROW_WRITER: before });
    }
  });

  it('so are rows with a key, and what was written over them', async () => {
    const done = await runImport(
      csv((i) => `${i},row ${i}`),
      { name: 'keyed.csv', key: ['n'] },
    );
    const [slug, id] = [done.dataset?.slug ?? '', done.dataset?.id ?? ''];
    const each = async (work: () => Promise<void>, versions: number) => {
      // Of each version its row, and one look at what became of its place.
      for (const table of ['Row', 'Effect']) {
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
    await each(() => exported(slug), 1);
    await each(() => paged(slug), 1);
    await each(() => listed(changed.id, 'updated'), 1);
  });
});
