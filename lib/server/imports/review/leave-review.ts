import type { Transaction } from '@/lib/server/platform/db/client';
import { type Import, Prisma } from '@/lib/server/platform/db/generated/client';
import type { ImportTask } from '@/lib/server/platform/db/generated/enums';
import { jsonValue } from '@/lib/server/platform/db/json';
import { AppError } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { type StoredAmendment, storedAmendments } from '@/lib/shared/schema/stored-review';
import { secondsRested } from '../in-review';
import { transition } from '../transition';

/** Amendments that an import can have: a person at work, not a script that runs wild. */
const mostAmendments = 500;

/**
 * Hands an import in REVIEW back to the worker, which brings it there again.
 * @param task what it is to do with it
 * @throws AppError `conflict` when it does not wait in REVIEW
 */
export async function leaveReview(
  tx: Transaction,
  it: Import,
  task: ImportTask,
  amendments: StoredAmendment[],
  data: Omit<Prisma.ImportUncheckedUpdateManyInput, 'id' | 'status'> = {},
): Promise<void> {
  const before = storedAmendments.parse(it.amendments ?? []);
  if (before.length + amendments.length > mostAmendments)
    throw new AppError(
      'conflict',
      `This import was corrected ${mostAmendments} times. Publish or cancel it.`,
    );
  const count = await transition(tx, { id: it.id, status: 'REVIEW' }, 'QUEUED', {
    queuedAt: new Date(),
    reviewedAt: new Date(),
    restingSince: null,
    secondsWaited: { increment: secondsRested(it) },
    task,
    ...(task === 'REREAD' ? { checkpoint: Prisma.DbNull, bytesRead: 0 } : {}),
    amendments: jsonValue([...before, ...amendments]),
    ...data,
  });
  if (count === 0)
    throw new AppError('conflict', 'This import is not waiting for review any more. Reload the page.');
  await enqueue(tx, 'stage', { importId: it.id }, it.userId);
}
