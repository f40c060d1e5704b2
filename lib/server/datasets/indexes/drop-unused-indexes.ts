import { db } from '@/lib/server/platform/db/client';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { dropIndex } from './make-index';

/** An index that nobody used for so long costs every import and is worth nothing. */
const unusedDays = 30;

/**
 * Removes the indexes of columns by which nobody sorted or filtered for a month, but for those that are to stay and those
 * of keys. One that somebody wants in this moment is made again.
 */
export async function dropUnusedIndexes(now: Date): Promise<void> {
  const before = new Date(now.getTime() - unusedDays * 24 * 3600_000);
  const unused = { lastUsedAt: { lt: before }, column: { indexed: false, keyPart: null } };
  const found = await db().columnIndex.findMany({
    where: { state: 'READY', ...unused },
    include: { column: { select: { slot: true, dataset: { select: { number: true } } } } },
  });
  for (const { columnId, column } of found) {
    // Nobody counts on it from now on. If its table is being read for long, it goes the next time.
    await db().columnIndex.updateMany({ where: { columnId }, data: { state: 'WANTED' } });
    const { number } = column.dataset;
    const isGone = await dropIndex(number, column).then(
      () => true,
      () => false,
    );
    if (!isGone) await db().columnIndex.updateMany({ where: { columnId }, data: { state: 'READY' } });
    else await forgetOrMake(columnId, before);
  }
}

async function forgetOrMake(columnId: string, before: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.columnIndex.deleteMany({ where: { columnId, lastUsedAt: { lt: before } } });
    if (count === 0) await enqueue(tx, 'index', { columnId });
  });
}
