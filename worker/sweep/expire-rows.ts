import { recordEvent } from '@/lib/server/audit/record-event';
import { lockDataset } from '@/lib/server/datasets/change-dataset';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { enqueue } from '@/lib/server/platform/queue/boss';

const dayMilliseconds = 24 * 3600_000;
const atATime = 200;

/**
 * Gives back the space of imports that were undone so long ago that nobody will redo them: their rows are marked as gone
 * and a job removes them. The receipts stay. The dataset is locked meanwhile as by a redo, so that either is first.
 */
export async function expireRows(now: Date, days = env().KEEP_UNDONE_DAYS): Promise<void> {
  if (days === 0) return;
  const before = new Date(now.getTime() - days * dayMilliseconds);
  const undone = {
    status: 'UNDONE',
    undoneAt: { lt: before },
    rowsDeletedAt: null,
    deletedAt: null,
  } satisfies Prisma.ImportWhereInput;
  const old = await db().import.findMany({
    where: undone,
    orderBy: { id: 'asc' },
    take: atATime,
    include: { dataset: { select: { id: true, name: true } } },
  });
  for (const { id, publicId, dataset } of old) {
    await db().$transaction(async (tx) => {
      if (dataset) await lockDataset(tx, dataset.id);
      const { count } = await tx.import.updateMany({
        where: { ...undone, id },
        data: { rowsDeletedAt: now },
      });
      if (count === 0) return;
      await recordEvent(tx, { kind: 'ROWS_EXPIRED', by: null, on: { id: publicId }, dataset });
      await enqueue(tx, 'purge', { importId: id });
    });
  }
}
