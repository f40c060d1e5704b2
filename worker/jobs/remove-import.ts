import { eraseUser } from '@/lib/server/audit/erase-user';
import { recordEvent } from '@/lib/server/audit/record-event';
import { dropTable } from '@/lib/server/datasets/storage/drop-table';
import { abandonUpload } from '@/lib/server/imports/uploads/abandon-upload';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { purgeRows, removeFile } from './purge-rows';

/** An address that was signed for an upload is good for a quarter of an hour. */
const addressMilliseconds = 16 * 60_000;

/** Deleted imports to which no file can come any more. */
export function removable(now: Date): Prisma.ImportWhereInput {
  const before = new Date(now.getTime() - addressMilliseconds);
  const mayCome = { OR: [{ uploadedAt: null }, { uploadedAt: { gte: before } }] };
  return {
    OR: [
      {
        deletedAt: { not: null },
        upload: { uploadedAt: { lt: before } },
        corrections: { none: { upload: mayCome } },
      },
      { deletedAt: { lt: before } },
    ],
  };
}

/**
 * Removes all that there is of a deleted import: rows and file first and the import last, since nothing finds rows
 * whose import is gone. It may be stopped anywhere and run again. While a file can still come by an address that was
 * signed before, an empty import stays, and the sweep comes again. Then goes on with the next.
 */
export async function removeImport(record: Import, now = new Date()): Promise<void> {
  await purgeRows(record.id);
  await removeFile(record, now);
  await abandonUpload(record);
  await db().$transaction(async (tx) => {
    const corrections = await tx.correctionFile.findMany({
      where: { importId: record.id },
      select: { objectKey: true },
    });
    const dataset = record.datasetId
      ? await tx.dataset.findUnique({ where: { id: record.datasetId }, select: { id: true, name: true } })
      : null;
    const { count } = await tx.import.deleteMany({ where: { AND: [{ id: record.id }, removable(now)] } });
    if (count === 1) {
      const objectKey = { in: [record, ...corrections].map((file) => file.objectKey) };
      await tx.upload.deleteMany({ where: { objectKey } });
      await recordEvent(tx, { kind: 'IMPORT_PURGED', by: null, on: { id: record.publicId }, dataset });
    }
    const next = await tx.import.findFirst({
      where: { deletedAt: { not: null }, id: { gt: record.id } },
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
  for (const { id, name, number } of datasets) {
    // One that is being read is waited for no longer than that.
    if (!(await dropTable(number))) continue;
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
