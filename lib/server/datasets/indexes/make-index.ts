import { z } from 'zod';
import { borrowConnection, db } from '@/lib/server/platform/db/client';
import { log } from '@/lib/server/platform/log';
import {
  createEqualityIndexSql,
  createIndexSql,
  equalityIndexName,
  indexName,
  isIndexable,
  isText,
} from '../rows/query/sort-key';
import { inSchema } from '../storage/dataset-table';

const found = z.array(z.object({ valid: z.boolean() }));
const figures = z.array(z.object({ distinct: z.number() }));

/**
 * Makes the index of a column while the dataset's rows are read and written. What an earlier try left, whose worker died,
 * goes first. Of a dataset that is gone, or whose rows are not in a table of its own yet, nothing is made: whoever
 * wants it then wants it again.
 */
export async function makeIndex(columnId: string): Promise<void> {
  const column = await db().column.findUnique({ where: { id: columnId }, include: { dataset: true } });
  if (!column) return;
  const { number, rowStorage, deletedAt } = column.dataset;
  if (rowStorage !== 'TABLE' || deletedAt !== null || !isIndexable(column)) {
    await db().columnIndex.deleteMany({ where: { columnId } });
    return;
  }
  const begin = performance.now();
  await make(number, indexName(column), createIndexSql(number, column));
  // What is sorted by is guessed from figures of the expression, which only exist from the next ANALYZE on.
  await outsideTransactions(`analyze ${inSchema(number, 'rows')}`);
  if (column.keyPart !== null && isText(column.type) && (await isSelective(number, column)))
    await make(number, equalityIndexName(column), createEqualityIndexSql(number, column));
  await db().columnIndex.updateMany({ where: { columnId }, data: { state: 'READY' } });
  log().info({ columnId, seconds: Math.round((performance.now() - begin) / 1000) }, 'an index is ready');
}

/** Makes an index, and removes one of that name first that is not whole. */
async function make(number: number, name: string, sql: string): Promise<void> {
  const [there] = found.parse(
    await db().$queryRaw`
      select indisvalid as valid from pg_index where indexrelid = to_regclass(${inSchema(number, name)})`,
  );
  if (there && !there.valid) await drop(number, name);
  await outsideTransactions(sql);
}

/**
 * Whether a column has many values: in a hash index all rows with one value stand in one chain, which every further one
 * goes through.
 */
async function isSelective(number: number, { slot }: { slot: number }): Promise<boolean> {
  const [column] = figures.parse(
    await db().$queryRaw`
      select n_distinct::float8 as distinct from pg_stats
      where schemaname = ${`ds_${number}`} and tablename = 'rows' and attname = ${`c${slot}`}`,
  );
  // Below zero it is a share of the rows (PostgreSQL manual, pg_stats).
  return column !== undefined && (column.distinct < -0.1 || column.distinct > manyValues);
}

const manyValues = 10_000;

/** Removes the index of a column, if it is there. @throws when somebody reads its table for long */
export const dropIndex = (number: number, column: { slot: number }): Promise<void> =>
  drop(number, indexName(column));

const drop = (number: number, name: string) =>
  outsideTransactions(`drop index concurrently if exists ${inSchema(number, name)}`, patience);

/** A backup may read for hours. */
const patience = '10s';

/** Runs a statement that takes long and cannot be part of a transaction. */
async function outsideTransactions(sql: string, longestLock = '0'): Promise<void> {
  const { connection, release } = await borrowConnection();
  try {
    await connection.query(`set lock_timeout = '${longestLock}'`);
    await connection.query(sql);
  } finally {
    // Its setting is nobody else's.
    release(true);
  }
}
