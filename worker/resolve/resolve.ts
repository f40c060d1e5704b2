import { z } from 'zod';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { makeKeyIndexes } from '@/lib/server/datasets/storage/key-indexes';
import { keysSql } from '@/lib/server/datasets/versions/key-sql';
import { completedImports, publishedImports, snapshotOf } from '@/lib/server/datasets/versions/snapshot';
import { countRejections, removeChunks } from '@/lib/server/imports/rejections/chunks';
import { assertAttempt } from '@/lib/server/imports/transition';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import { byIndexSql } from '@/lib/server/platform/db/index-order';
import { withParameters } from '@/lib/server/platform/db/named-parameters';
import { largestInteger } from '@/lib/shared/largest-integer';
import { prepareSession } from '../stage/sessions';
import { completeRows } from './complete-rows';
import {
  type DecidedDataset,
  type Decisions,
  decideSql,
  decisions,
  type LookingUp,
  type RowRange,
  rowsOf,
} from './decide-sql';
import type { KeyedImport } from './keyed-import';
import { rejectByKey } from './reject-by-key';

/** Deciding is the work of one Postgres backend, so two of them share it. A small file is not worth a second one. */
const sharedAbove = 20_000;

/** Up to so many versions a row of the file, it takes less time to go through all of them than to look them up. */
const versionsARow = 3;

/** Minutes, for files of many millions of rows. */
const transaction = { timeout: 6 * 3600_000, maxWait: 60_000 };

/**
 * Decides what becomes of each staged row, against what readers see at the dataset's present revision: one row in
 * `row_changes` for each row in `rows`. Nobody sees any of it before the import is published. Done again, whatever was decided
 * before is forgotten.
 * @returns how many rows have which outcome, as Postgres counted them while writing
 * @throws Fenced when another attempt took over
 */
export async function resolve(record: KeyedImport): Promise<Decisions> {
  const [completed, published] = await Promise.all([
    completedImports(record.dataset.id),
    publishedImports(record.dataset.id),
  ]);
  const { imports, replacedBefore } = snapshotOf(completed);
  const dataset = decidedDataset(record);
  const lookingUp = howToLookUp(published.versions, record.staged);
  const seen = imports.map(({ id }) => id);
  const decide = (parts: Part[]) => {
    const running = parts.map(({ from, to, rows }) =>
      inTransaction(record, async (tx) => {
        const sql = decideSql(record.mode, dataset, lookingUp, rows);
        if (lookingUp === 'all') {
          await tx.$executeRaw`
            select set_config('enable_nestloop', 'off', true), set_config('enable_hashjoin', 'off', true)`;
        }
        const counted = await tx.$queryRawUnsafe(
          ...withParameters(sql, {
            importId: record.id,
            fromKey: from,
            toKey: to,
            revision: record.dataset.revision + 1,
            seen,
            published: published.ids,
            replacedBefore,
            duplicates: record.duplicates,
          }),
        );
        return decisions.parse(counted);
      }),
    );
    return allOf(running);
  };
  const forget = () => inTransaction(record, (tx) => forgetDecisions(tx, record));
  await inTransaction(record, async (tx) => {
    await forgetDecisions(tx, record);
    await makeKeyIndexes(tx, dataset.number, 'rows');
  });
  const parts =
    record.staged > sharedAbove ? await inTransaction(record, (tx) => halves(tx, record)) : [everything];
  let made = await decide(parts);
  const byRows = parts.some(({ rows }) => rows !== null);
  if (byRows && rowsOf(made) !== record.read - (await countRejections(record.id))) {
    // Its keys looked as if they ascended, and not all of them do: rows that stand in the other half are missing.
    await forget();
    made = await decide(parts.map((part) => ({ ...part, rows: null })));
  }
  await inTransaction(record, async (tx) => {
    await makeKeyIndexes(tx, dataset.number, 'row_changes');
    await tx.rowChangeCount.createMany({ data: rowChangeCounts(record.id, made) });
    if (made.some(({ kind }) => kind === 'REJECTED')) await rejectByKey(tx, record);
    if (dataset.others.length > 0) await completeRows(tx, record.id, dataset);
  });
  await removeChunks(record.id, 'uncounted');
  return made;
}

/** How many rows were written that have their origin in which import. */
function rowChangeCounts(importId: number, made: Decisions) {
  const counts = new Map<number, number>();
  for (const { originImportId, rows } of made) {
    if (originImportId !== null) counts.set(originImportId, (counts.get(originImportId) ?? 0) + rows);
  }
  return [...counts].map(([originImportId, rows]) => ({ importId, originImportId, rows }));
}

function howToLookUp(versions: number, staged: number): LookingUp {
  if (versions === 0) return 'none';
  return versions <= staged * versionsARow ? 'all' : 'each';
}

function decidedDataset({ mapping, dataset }: KeyedImport): DecidedDataset {
  const filled = new Set(mapping.map(({ slot }) => slot));
  const { number, key, columns } = dataset;
  return {
    number,
    key,
    mapped: columns.filter(({ slot }) => filled.has(slot)),
    others: columns.filter(({ slot }) => !filled.has(slot)),
  };
}

/** Waits for all of them, also where one fails, since they write. */
async function allOf<T>(running: Promise<T[]>[]): Promise<T[]> {
  const settled = await Promise.allSettled(running);
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
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

const lasts = z.array(z.object({ last: z.number().nullable() }));
const middles = z.array(
  z.object({ ascends: z.boolean().nullable(), median: z.string().nullable(), next: z.string().nullable() }),
);

/**
 * Two parts with about as many keys each, from a sample: a half of its own each keeps two backends out of the same pages
 * of the index. Many files come in the order of their keys. Then the halves are the first rows and the last ones, so
 * that none makes the keys of all.
 */
async function halves(tx: Transaction, record: KeyedImport): Promise<Part[]> {
  const { key, number } = record.dataset;
  const rows = inSchema(number, 'rows');
  const [end] = lasts.parse(
    await tx.$queryRawUnsafe(`select max("_row") as last from ${rows} where "_import" = $1::int`, record.id),
  );
  const last = end?.last ?? 0;
  const half = Math.floor(last / 2);
  const sample = Array.from({ length: 500 }, () => Math.ceil(Math.random() * last));
  const next = `$1::int and r."_row" = (
    select min("_row") from ${rows} where "_import" = $1::int and "_row" > $3::int)`;
  const [found] = middles.parse(
    await tx.$queryRawUnsafe(
      `select max(key) filter (where row <= $3::int) < min(key) filter (where row > $3::int) as ascends,
         percentile_disc(0.5) within group (order by key) as median,
         (select key from (${keysSql(key, rows, next)}) n) as next
       from (${keysSql(key, rows, '$1::int and r."_row" = any($2::int[])')}) s`,
      record.id,
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
async function forgetDecisions(tx: Transaction, { id: importId, dataset }: KeyedImport): Promise<void> {
  await tx.rejection.deleteMany({ where: { importId, staged: true } });
  await tx.rejectionChunk.updateMany({ where: { importId, staged: true }, data: { counts: false } });
  await tx.$executeRawUnsafe(
    `delete from ${inSchema(dataset.number, 'row_changes')} where "importId" = $1::int`,
    importId,
  );
  await tx.rowChangeCount.deleteMany({ where: { importId } });
}

/**
 * Runs work that commits only if the import is still this attempt's. Sorts and hashes spill to disk beyond 64 MB; plans
 * are those that look up by index, whatever PostgreSQL believes of tables that grew a moment ago.
 */
async function inTransaction<T>(record: KeyedImport, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    await prepareSession(tx, record.id, record.attempt);
    await tx.$executeRawUnsafe(byIndexSql);
    await tx.$executeRaw`select set_config('work_mem', '64MB', true)`;
    const result = await work(tx);
    await assertAttempt(tx, record);
    return result;
  }, transaction);
}
