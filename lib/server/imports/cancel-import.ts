import type { ImportView } from '@/lib/shared/schema/import/import';
import { recordEvent } from '../audit/record-event';
import { db } from '../platform/db/client';
import { AppError } from '../platform/errors';
import { enqueue } from '../platform/queue/boss';
import type { User } from '../platform/user';
import { currentView, findImport } from './find-import';
import { transition } from './transition';
import { abandonUpload } from './uploads/abandon-upload';

/**
 * Cancels an import that is not published. The worker sees it within a batch; rows and file are purged by a job.
 * @throws AppError `conflict` once it is published
 */
export async function cancelImport(id: string, user: User): Promise<ImportView> {
  const record = await findImport(id, user);
  const cancelled = await db().$transaction(async (tx) => {
    const which = { id: record.id, status: { not: 'PUBLISHING' } } as const;
    const count = await transition(tx, which, 'CANCELLED', { finishedAt: new Date() });
    if (count === 1) {
      await enqueue(tx, 'purge', { importId: record.id });
      const { publicId, dataset } = record;
      await recordEvent(tx, { kind: 'IMPORT_CANCELLED', by: user, on: { id: publicId }, dataset });
    }
    return count === 1;
  });
  if (cancelled) await abandonUpload(record);
  const now = await currentView(record);
  if (now.status !== 'CANCELLED') {
    throw new AppError('conflict', 'This import can no longer be cancelled. If it completed, undo it.');
  }
  return now;
}
