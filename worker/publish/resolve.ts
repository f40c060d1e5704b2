import { z } from 'zod';
import { type KeyColumn, keysSql } from '@/lib/server/datasets/versions/key-sql';
import { completedImports, publishedImports, snapshotOf } from '@/lib/server/datasets/versions/snapshot';
import { countRejections, removeChunks } from '@/lib/server/imports/rejections/chunks';
import { assertAttempt } from '@/lib/server/imports/transition';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { DuplicateRule, ImportMode } from '@/lib/server/platform/db/generated/enums';
import { byIndexSql } from '@/lib/server/platform/db/index-order';
import { withParameters } from '@/lib/server/platform/db/named-parameters';
import { largestInteger } from '@/lib/shared/largest-integer';
import type { MappedColumn } from '@/lib/shared/schema/stored-import';
import { prepareSession } from '../stage/sessions';
import { completeRows } from './complete-rows';
import { type Decisions, decideSql, decisions, type LookingUp, type RowRange, rowsOf } from './decide-sql';
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
  /** Rows that were read. */
  read: number;
  /** About how many of them are staged. */
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

/** Up to so many versions a row of the file, it takes less time to go through all of them than to look them up. */
const versionsARow = 3;

/** Minutes, for files of many millions of rows. */
const transaction = { timeout: 6 * 3600_000, maxWait: 60_000 };

/**
 * Decides what becomes of each staged row, against what readers see at the dataset's present revision: one row in
 * Effect for each row in Row. Nobody sees any of it before the import is published. Done again, whatever was decided
 * before is forgotten.
 * @returns how many rows met which fate, as Postgres counted them when it wrote that down
 * @throws Fenced when another attempt took over
 */
export async function resolve(it: KeyedImport): Promise<Decisions> {
  const [completed, published] = await Promise.all([
    completedImports(it.dataset.id),
    publishedImports(it.dataset.id),
  ]);
  const { imports, floor } = snapshotOf(completed);
  const mapped = mappedSlots(it);
  const whole = it.dataset.slots.every((slot) => mapped[slot]);
  const lookingUp = howToLookUp(published.versions, it.staged);
  const seen = imports.map(({ id }) => id);
  const decide = (parts: Part[]) => {
    const running = parts.map(({ from, to, rows }) =>
      inTransaction(it, async (tx) => {
        const sql = decideSql(it.mode, it.dataset.key, whole, lookingUp, rows);
        if (lookingUp === 'all') {
          await tx.$executeRaw`
            select set_config('enable_nestloop', 'off', true), set_config('enable_hashjoin', 'off', true)`;
        }
        const counted = await tx.$queryRawUnsafe(
          ...withParameters(sql, {
            importId: it.id,
            fromKey: from,
            toKey: to,
            datasetNumber: it.dataset.number,
            revision: it.dataset.revision + 1,
            seen,
            published: published.ids,
            floor,
            duplicates: it.duplicates,
            mapped,
          }),
        );
        return decisions.parse(counted);
      }),
    );
    return allOf(running);
  };
  const forget = () => inTransaction(it, (tx) => forgetDecisions(tx, it.id));
  await forget();
  const parts = it.staged > sharedAbove ? await inTransaction(it, (tx) => halves(tx, it)) : [everything];
  let made = await decide(parts);
  const byRows = parts.some(({ rows }) => rows !== null);
  if (byRows && rowsOf(made) !== it.read - (await countRejections(it.id))) {
    // Its keys looked as if they ascended, and not all of them do: rows that stand in the other half are missing.
    await forget();
    made = await decide(parts.map((part) => ({ ...part, rows: null })));
  }
  await inTransaction(it, async (tx) => {
    await tx.reach.createMany({ data: reachOf(it.id, made) });
    if (made.some(({ kind }) => kind === 'REJECTED')) await rejectByKey(tx, it);
    if (!whole) await completeRows(tx, it.id, mapped);
  });
  await removeChunks(it.id, 'uncounted');
  return made;
}

/** How many rows were written at the places of which imports. */
function reachOf(importId: number, made: Decisions) {
  const reach = new Map<number, number>();
  for (const { placeImportId, rows } of made) {
    if (placeImportId !== null) reach.set(placeImportId, (reach.get(placeImportId) ?? 0) + rows);
  }
  return [...reach].map(([placeImportId, rows]) => ({ importId, placeImportId, rows }));
}

function howToLookUp(versions: number, staged: number): LookingUp {
  if (versions === 0) return 'none';
  return versions <= staged * versionsARow ? 'all' : 'each';
}

/** Whether the file fills each slot, up to the last one that the dataset has. */
function mappedSlots({ mapping, dataset }: KeyedImport): boolean[] {
  const filled = new Set(mapping.map(({ slot }) => slot));
  const last = Math.max(...dataset.slots, ...filled);
  return Array.from({ length: last + 1 }, (_, slot) => filled.has(slot));
}

/** Waits for all of them, also where one fails, since they write. */
async function allOf<T>(running: Promise<T[]>[]): Promise<T[]> {
  const settled = await Promise.allSettled(running);
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return (await Promise.all(running)).flat();
}

/** A part of an import's rows that is decided on by itself: all with keys from one on, up to another. */
interface Part {
  from: string | null;
  to: string | null;
  /** Where these keys seem to stand; null: anywhere. */
  rows: RowRange | null;
}

const everything: Part = { from: null, to: null, rows: null };

const middles = z.array(
  z.object({ ascends: z.boolean().nullable(), median: z.string().nullable(), next: z.string().nullable() }),
);

/**
 * Two parts with about as many keys each, from a sample: a half of its own each keeps two backends out of the same pages
 * of the index. Many files come in the order of their keys. Then the halves are the first rows and the last ones, so
 * that none makes the keys of all.
 */
async function halves(tx: Transaction, it: KeyedImport): Promise<Part[]> {
  const { _max } = await tx.row.aggregate({ where: { importId: it.id }, _max: { rowNumber: true } });
  const last = _max.rowNumber ?? 0;
  const half = Math.floor(last / 2);
  const sample = Array.from({ length: 500 }, () => Math.ceil(Math.random() * last));
  const next = `$1::int and "rowNumber" = (
    select min("rowNumber") from "Row" where "importId" = $1::int and "rowNumber" > $3::int)`;
  const [found] = middles.parse(
    await tx.$queryRawUnsafe(
      `select max(key) filter (where row <= $3::int) < min(key) filter (where row > $3::int) as ascends,
         percentile_disc(0.5) within group (order by key) as median,
         (select key from (${keysSql(it.dataset.key, next)}) n) as next
       from (${keysSql(it.dataset.key, '$1::int and "rowNumber" = any($2::int[])')}) s`,
      it.id,
      sample,
      half,
    ),
  );
  const ascends = found?.ascends === true && found.next !== null;
  const middle = ascends ? found.next : (found?.median ?? null);
  if (middle === null) return [everything];
  return [
    { from: null, to: middle, rows: ascends ? { after: 0, upTo: half } : null },
    { from: middle, to: null, rows: ascends ? { after: half, upTo: largestInteger } : null },
  ];
}

/** What an import decided, taken back. */
async function forgetDecisions(tx: Transaction, importId: number): Promise<void> {
  await tx.$executeRaw`
    delete from "Rejection" r using "Effect" e
    where e."importId" = ${importId} and e."kind" = 'REJECTED'
      and r."importId" = e."importId" and r."rowNumber" = e."rowNumber"`;
  await tx.rejectionChunk.updateMany({ where: { importId, ofTheKey: true }, data: { counts: false } });
  await tx.effect.deleteMany({ where: { importId } });
  await tx.reach.deleteMany({ where: { importId } });
}

/**
 * Runs work that commits only if the import is still this attempt's. Sorts and hashes spill to disk beyond 64 MB; plans
 * are those that look up by index, whatever PostgreSQL believes of tables that grew a moment ago.
 */
async function inTransaction<T>(it: KeyedImport, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    await prepareSession(tx, it.id, it.attempt);
    await tx.$executeRawUnsafe(byIndexSql);
    await tx.$executeRaw`select set_config('work_mem', '64MB', true)`;
    const result = await work(tx);
    await assertAttempt(tx, it);
    return result;
  }, transaction);
}
