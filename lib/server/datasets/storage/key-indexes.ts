import { db, type Transaction } from '@/lib/server/platform/db/client';
import { isDistributed } from '@/lib/server/platform/db/cluster/cluster';
import { KiB } from '@/lib/shared/bytes';

/** Smaller files fill their indexes in less time than it takes to make them. */
const worthFrom = 256 * KiB;

/**
 * Takes away the indexes of a dataset with a key that nobody ever wrote to, so that a large file fills its tables without
 * them. {@link makeKeyIndexes} makes them when the file is there: before anybody looks a row up.
 * @param fileSize of the file that comes, in bytes
 */
export async function dropKeyIndexes(number: number, fileSize: number): Promise<void> {
  // The coordinator of a cluster does not know how large a table is.
  if (fileSize >= worthFrom && !isDistributed())
    await db().$executeRaw`select "dropKeyIndexes"(${number}::int)`;
}

/** Makes the indexes that one of the tables of a dataset with a key lacks: none but in its first imports. */
export async function makeKeyIndexes(
  tx: Transaction,
  number: number,
  table: 'rows' | 'row_changes',
): Promise<void> {
  await tx.$executeRaw`select "makeKeyIndexes"(${number}::int, ${table})`;
}
