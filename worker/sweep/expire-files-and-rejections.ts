import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { messageOf } from '@/lib/server/platform/errors';
import { log } from '@/lib/server/platform/log';
import { isFinal, statuses } from '@/lib/shared/schema/import/status';
import { removeFile } from '../jobs/purge-rows';

const day = 24 * 3600_000;
/** In one sweep, each with a request to the store: 57,600 files in a day. */
const filesAtATime = 200;

/** Deletes source files and rejections whose time is up; the receipts of their imports stay. */
export async function expireFilesAndRejections(now: Date, days = env().KEEP_FILES_DAYS): Promise<void> {
  if (days === 0) return;
  const old = await db().import.findMany({
    where: {
      fileDeletedAt: null,
      deletedAt: null,
      status: { in: statuses.filter(isFinal) },
      finishedAt: { lt: new Date(now.getTime() - days * day) },
    },
    orderBy: { id: 'asc' },
    take: filesAtATime,
    include: { dataset: { select: { id: true, name: true } } },
  });
  for (const record of old) {
    const { publicId, dataset } = record;
    await removeFile(record, now, (tx) =>
      recordEvent(tx, { kind: 'FILE_EXPIRED', by: null, on: { id: publicId }, dataset }),
    ).catch((error: unknown) =>
      log().warn({ err: messageOf(error), importId: record.id }, 'a file could not be removed in due time'),
    );
  }
}
