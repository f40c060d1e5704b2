import type { Transaction } from '@/lib/server/platform/db/client';
import { type Import, Prisma } from '@/lib/server/platform/db/generated/client';
import type { ImportTask } from '@/lib/server/platform/db/generated/enums';
import { AppError } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import type { StoredAmendment } from '@/lib/shared/schema/review/stored-review';
import { transition } from '../transition';
import { endWaiting } from './end-waiting';

/** Amendments that an import can have: a person at work, not a script that runs wild. */
const mostAmendments = 500;

/**
 * Hands an import in REVIEW back to the worker, which brings it there again.
 * @param task what it is to do with it
 * @param amend what was changed in the review, once it is known what was before
 * @throws AppError `conflict` when it does not wait in REVIEW
 */
export async function leaveReview(
  tx: Transaction,
  record: Pick<Import, 'id' | 'userId'>,
  task: ImportTask,
  amend: (before: StoredAmendment[]) => StoredAmendment[],
  data: Omit<Prisma.ImportUncheckedUpdateManyInput, 'id' | 'status'> = {},
): Promise<void> {
  const count = await transition(tx, { id: record.id, status: 'REVIEW' }, 'QUEUED', {
    queuedAt: new Date(),
    task,
    ...(task === 'REREAD' ? { checkpoint: Prisma.DbNull, bytesRead: 0 } : {}),
    ...data,
  });
  if (count === 0)
    throw new AppError('conflict', 'This import is not waiting for review any more. Reload the page.');
  await endWaiting(tx, record.id, (before) => {
    const after = amend(before);
    if (after.length <= mostAmendments) return after;
    throw new AppError(
      'conflict',
      `This import was corrected ${mostAmendments} times. Publish or cancel it.`,
    );
  });
  await enqueue(tx, 'stage', { importId: record.id }, record.userId);
}
