import { db } from '@/lib/db/client';
import { type Import, Prisma } from '@/lib/db/generated/client';
import { Fenced } from '@/lib/errors';
import { peakRssMb } from '@/lib/progress/record';
import { accountOf, type Counted } from './count';

/**
 * Whether an import whose rows are decided on waits for a person now. One that was approved does not, whatever the
 * dataset has become meanwhile; one that was corrected does, since it was reviewed before.
 */
export function isToRest({ status, onRejection, reviewedAt }: Import, { rejected }: Counted): boolean {
  if (status === 'STAGING') return onRejection === 'REVIEW' || rejected > 0 || reviewedAt !== null;
  // It had none when it went on to be published, and another import has come in between.
  return onRejection === 'STOP' && reviewedAt === null && rejected > 0;
}

/** Leaves an import in REVIEW with its account. Nothing of it is visible, and nothing is locked or waits for it. */
export async function rest(it: Import, counted: Counted): Promise<void> {
  const { count } = await db().import.updateMany({
    where: { id: it.id, attempt: it.attempt, status: { in: ['STAGING', 'PUBLISHING'] } },
    data: {
      status: 'REVIEW',
      restingSince: new Date(),
      task: Prisma.DbNull,
      ...accountOf(counted),
      peakRssMb: peakRssMb(),
    },
  });
  if (count === 0) throw new Fenced('The import was cancelled or taken over.');
}
