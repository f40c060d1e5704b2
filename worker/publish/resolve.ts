import { db, type Transaction } from '@/lib/db/client';
import type { DuplicateRule, ImportMode } from '@/lib/db/generated/enums';
import { Fenced } from '@/lib/errors';
import type { MappedColumn } from '@/lib/imports/stored';
import { type KeyColumn, keysSql } from '@/lib/versions/key-sql';
import { completedImports, publishedImports, sightOf } from '@/lib/versions/sight';
import { prepareSession } from '../stage/sessions';
import { completeRows } from './complete-rows';
import { decideSql } from './decide-sql';
import { rejectByKey } from './reject-by-key';

/** An import into a dataset with a key, whose rows are staged. */
export interface KeyedImport {
  id: number;
  attempt: number;
  mode: ImportMode;
  duplicates: DuplicateRule;
  mapping: MappedColumn[];
  /** Cells a full row of the file has. */
  width: number;
  /** Rows that are staged. */
  staged: number;
  dataset: {
    id: string;
    number: number;
    revision: number;
    key: KeyColumn[];
    /** The slots of all its columns. */
    slots: number[];
  };
}

/** Deciding is the work of one Postgres backend, so two of them share it. A small file is not worth a second one. */
const sharedAbove = 20_000;

/** Minutes, for files of many millions of rows. */
const transaction = { timeout: 6 * 3600_000, maxWait: 60_000 };

/**
 * Decides what becomes of each staged row, against what readers see at the dataset's present revision: one row in
 * Effect for each row in Row. Nobody sees any of it before the import is published. Done again, whatever was decided
 * before is forgotten.
 * @throws Fenced when another attempt took over
 */
export async function resolve(it: KeyedImport): Promise<void> {
  const [completed, published] = await Promise.all([
    completedImports(it.dataset.id),
    publishedImports(it.dataset.id),
  ]);
  const { imports, floor } = sightOf(completed);
  const mapped = mappedSlots(it);
  const whole = it.dataset.slots.every((slot) => mapped[slot]);
  await inTransaction(it, (tx) => forgetDecisions(tx, it.id));
  const sql = decideSql(it.mode, it.dataset.key, whole);
  const seen = imports.map(({ id }) => id);
  const middle = it.staged > sharedAbove ? await middleKey(it) : null;
  const ranges =
    middle === null
      ? [[null, null]]
      : [
          [null, middle],
          [middle, null],
        ];
  const decisions = ranges.map(([from, to]) =>
    inTransaction(it, async (tx) => {
      await tx.$executeRawUnsafe(
        sql,
        it.id,
        from,
        to,
        it.dataset.number,
        it.dataset.revision + 1,
        seen,
        published,
        floor,
        it.duplicates,
        ...(sql.includes('$10') ? [mapped] : []),
      );
    }),
  );
  const settled = await Promise.allSettled(decisions);
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  await inTransaction(it, async (tx) => {
    await tx.$executeRaw`
      insert into "Reach" ("importId", "placeImportId", "rows")
      select "importId", "placeImportId", count(*) from "Effect"
      where "importId" = ${it.id} and "kind" in ('INSERTED', 'RETURNED', 'UPDATED') group by 1, 2`;
    await rejectByKey(tx, it);
    if (!whole) await completeRows(tx, it.id, mapped);
  });
}

/** Whether the file fills each slot, up to the last one that the dataset has. */
function mappedSlots({ mapping, dataset }: KeyedImport): boolean[] {
  const filled = new Set(mapping.map(({ slot }) => slot));
  const last = Math.max(...dataset.slots, ...filled);
  return Array.from({ length: last + 1 }, (_, slot) => filled.has(slot));
}

/**
 * A key that about half of the others are below, from a sample: a half of its own each keeps two backends out of the
 * same pages of the index.
 */
async function middleKey(it: KeyedImport): Promise<string | null> {
  const { _max } = await db().row.aggregate({ where: { importId: it.id }, _max: { rowNumber: true } });
  const last = _max.rowNumber ?? 0;
  const sample = Array.from({ length: 500 }, () => Math.ceil(Math.random() * last));
  const [found] = await db().$queryRawUnsafe<{ middle: string | null }[]>(
    `select percentile_disc(0.5) within group (order by key) as middle
     from (${keysSql(it.dataset.key, '$1::int and "rowNumber" = any($2::int[])')}) s`,
    it.id,
    sample,
  );
  return found?.middle ?? null;
}

/** What an import decided, taken back. */
async function forgetDecisions(tx: Transaction, importId: number): Promise<void> {
  await tx.$executeRaw`
    delete from "Rejection" r using "Effect" e
    where e."importId" = ${importId} and e."kind" = 'REJECTED'
      and r."importId" = e."importId" and r."rowNumber" = e."rowNumber"`;
  await tx.effect.deleteMany({ where: { importId } });
  await tx.reach.deleteMany({ where: { importId } });
}

/**
 * Runs work that commits only if the import is still this attempt's. Sorts and hashes spill to disk beyond 64 MB; plans
 * are those that look up by index, whatever PostgreSQL believes of tables that grew a moment ago.
 */
async function inTransaction(it: KeyedImport, work: (tx: Transaction) => Promise<void>): Promise<void> {
  await db().$transaction(async (tx) => {
    await prepareSession(tx, it.id, it.attempt);
    await tx.$executeRaw`
      select set_config('work_mem', '64MB', true), set_config('enable_seqscan', 'off', true),
        set_config('enable_bitmapscan', 'off', true), set_config('enable_memoize', 'off', true),
        set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`;
    await work(tx);
    const mine = await tx.$queryRaw<unknown[]>`
      select 1 from "Import" where "id" = ${it.id} and "attempt" = ${it.attempt} and "status" in ('STAGING', 'PUBLISHING')
      for share`;
    if (mine.length === 0) throw new Fenced('The import was cancelled or taken over.');
  }, transaction);
}
