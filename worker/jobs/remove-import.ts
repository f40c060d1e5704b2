import { eraseUser } from '@/lib/server/audit/erase-user';
import { recordEvent } from '@/lib/server/audit/record-event';
import { markDeleted } from '@/lib/server/imports/deletion/mark-deleted';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { abortUpload } from '@/lib/server/platform/storage/upload';
import { purgeRows, removeFile } from './purge';

/** An address that was signed for an upload is good for a quarter of an hour. */
const addressMilliseconds = 16 * 60_000;

/** Deleted imports to which no file can come any more. */
export function removable(now: Date): Prisma.ImportWhereInput {
  const before = new Date(now.getTime() - addressMilliseconds);
  return {
    OR: [
      { deletedAt: { not: null }, uploadedAt: { lt: before } },
      { deletedAt: { lt: before }, uploadedAt: null },
    ],
  };
}

/**
 * Removes all that there is of a deleted import: rows and file first and the import last, since nothing finds rows
 * whose import is gone. It may be stopped anywhere and run again. While a file can still come by an address that was
 * signed before, an empty import stays, and the sweep comes again. Then goes on with the next.
 */
export async function removeImport(it: Import, now = new Date()): Promise<void> {
  await purgeRows(it.id);
  await removeFile(it, now);
  if (it.uploadId) await abortUpload(it.objectKey, it.uploadId);
  await db().$transaction(async (tx) => {
    await markDeleted(tx, { corrects: it.publicId });
    const dataset = it.datasetId
      ? await tx.dataset.findUnique({ where: { id: it.datasetId }, select: { id: true, name: true } })
      : null;
    const { count } = await tx.import.deleteMany({ where: { AND: [{ id: it.id }, removable(now)] } });
    if (count === 1)
      await recordEvent(tx, { kind: 'IMPORT_PURGED', by: null, on: { id: it.publicId }, dataset });
    const next = await tx.import.findFirst({
      where: { deletedAt: { not: null }, id: { gt: it.id } },
      orderBy: { id: 'asc' },
      select: { id: true },
    });
    if (next) await enqueue(tx, 'purge', { importId: next.id });
  });
  await finishDeletions(now);
}

/** Removes deleted datasets and people to whom nothing belongs any more. */
export async function finishDeletions(now: Date): Promise<void> {
  const datasets = await db().dataset.findMany({
    where: { deletedAt: { not: null }, imports: { none: {} } },
  });
  for (const { id, name } of datasets) {
    await db().$transaction(async (tx) => {
      const { count } = await tx.dataset.deleteMany({ where: { id, imports: { none: {} } } });
      const dataset = { id, name };
      if (count === 1) await recordEvent(tx, { kind: 'DATASET_PURGED', by: null, on: dataset, dataset });
    });
  }
  // Whatever they asked for in their last moment has been written down by then, and their name goes from that as well.
  const before = new Date(now.getTime() - addressMilliseconds);
  const people = await db().user.findMany({
    where: { purgedAt: { lt: before }, imports: { none: {} }, datasets: { none: {} } },
    select: { id: true },
  });
  for (const { id } of people) {
    await eraseUser(id);
    await db().invitation.deleteMany({ where: { invitedById: id } });
    await db().user.deleteMany({ where: { id, imports: { none: {} }, datasets: { none: {} } } });
  }
}
