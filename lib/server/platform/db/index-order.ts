import { db, type Prisma } from './client';

/**
 * Settings for one transaction that reads rows in the order of an index, page by page or key by key. Right after an
 * import PostgreSQL has no statistics, assumes a few thousand rows and would sort every page: an export of a million
 * rows ran at 9 MB/s instead of 45.
 */
export const byIndexSql = `select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
  set_config('enable_memoize', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
  set_config('jit', 'off', true)`;

/** Reads a page of rows in index order, even when a table just grew and has no statistics. */
export async function readInIndexOrder<T>(page: Prisma.PrismaPromise<T>): Promise<T> {
  const [, rows] = await db().$transaction([db().$executeRawUnsafe(byIndexSql), page]);
  return rows;
}

/**
 * Settings for one transaction that reads rows of an import from a table that keeps only which blocks hold which rows
 * (a BRIN index): the blocks are read, and not the whole table.
 */
export const byBlocksSql = `select set_config('enable_seqscan', 'off', true), set_config('enable_memoize', 'off', true),
  set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`;

/** Reads rows of an import by the blocks that hold them. */
export async function readByBlocks<T>(page: Prisma.PrismaPromise<T>): Promise<T> {
  const [, rows] = await db().$transaction([db().$executeRawUnsafe(byBlocksSql), page]);
  return rows;
}

/**
 * Settings for one transaction that reads rows sorted by a column which has an index: the index is the only choice, also
 * for whoever asks which of them are seen. Unlike pages in the order of the imports, these have an ORDER BY that
 * PostgreSQL would rather fulfil by sorting all rows as long as it has no figures of them.
 */
export const bySortedIndexSql = `${byIndexSql}, set_config('enable_sort', 'off', true),
  set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;
