import type { ImportView } from '@/lib/shared/schema/imports';
import { recordEvent } from '../audit/record-event';
import { db } from '../platform/db/client';
import { AppError } from '../platform/errors';
import { enqueue } from '../platform/queue/boss';
import { abortUpload } from '../platform/storage/upload';
import type { User } from '../platform/user';
import { currentView, findImport } from './find-import';
import { transition } from './transition';

/**
 * Cancels an import that is not published. The worker sees it within a batch; rows and file are purged by a job.
 * @throws AppError `conflict` once it is published
 */
export async function cancelImport(id: string, user: User): Promise<ImportView> {
  const it = await findImport(id, user);
  const cancelled = await db().$transaction(async (tx) => {
    const which = { id: it.id, status: { not: 'PUBLISHING' } } as const;
    const count = await transition(tx, which, 'CANCELLED', { finishedAt: new Date() });
    if (count === 1) {
      await enqueue(tx, 'purge', { importId: it.id });
      const { publicId, dataset } = it;
      await recordEvent(tx, { kind: 'IMPORT_CANCELLED', by: user, on: { id: publicId }, dataset });
    }
    return count === 1;
  });
  if (cancelled && it.uploadId) await abortUpload(it.objectKey, it.uploadId);
  const now = await currentView(it);
  if (now.status !== 'CANCELLED') {
    throw new AppError('conflict', 'This import can no longer be cancelled. If it completed, undo it.');
  }
  return now;
}
