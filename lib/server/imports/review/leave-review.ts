import type { Transaction } from '@/lib/server/platform/db/client';
import { type Import, Prisma } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { AppError } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { type ReviewTask, type StoredAmendment, storedAmendments } from '@/lib/shared/schema/stored-review';
import { secondsRested } from '../in-review';

/** Amendments that an import can have: a person at work, not a script that runs wild. */
const mostAmendments = 500;

/**
 * Hands an import in REVIEW back to the worker, which brings it there again.
 * @param task null: read the whole file again
 * @throws AppError `conflict` when it does not wait in REVIEW
 */
export async function leaveReview(
  tx: Transaction,
  it: Import,
  task: ReviewTask | null,
  amendments: StoredAmendment[],
  data: Prisma.ImportUpdateManyMutationInput = {},
): Promise<void> {
  const before = storedAmendments.parse(it.amendments ?? []);
  if (before.length + amendments.length > mostAmendments)
    throw new AppError(
      'conflict',
      `This import was corrected ${mostAmendments} times. Publish or cancel it.`,
    );
  const { count } = await tx.import.updateMany({
    where: { id: it.id, status: 'REVIEW' },
    data: {
      status: 'QUEUED',
      queuedAt: new Date(),
      reviewedAt: new Date(),
      restingSince: null,
      secondsWaited: { increment: secondsRested(it) },
      task: task ? jsonValue(task) : Prisma.DbNull,
      ...(task ? {} : { checkpoint: Prisma.DbNull, bytesRead: 0 }),
      amendments: jsonValue([...before, ...amendments]),
      ...data,
    },
  });
  if (count === 0)
    throw new AppError('conflict', 'This import does not wait for its review any more. Reload the page.');
  await enqueue(tx, 'stage', { importId: it.id }, it.userId);
}
