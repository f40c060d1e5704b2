import { peakRssMb } from '@/lib/server/imports/progress/record';
import { db } from '@/lib/server/platform/db/client';
import { type Import, Prisma } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { Fenced } from '@/lib/server/platform/errors';
import type { Replacement } from '@/lib/shared/schema/stored-replacement';
import { type Counted, rowTally } from './count';

/**
 * Whether an import whose rows are decided on waits for a person now. One that was approved does not, unless another
 * import came in between and it would do something else than what was approved; one that was corrected does, since it
 * was reviewed before. So does one without a single valid row: to publish it would be to say that it went well.
 */
export function isToRest(it: Import, counted: Counted): boolean {
  const { status, onRejection, reviewedAt } = it;
  if (status === 'STAGING') return onRejection === 'REVIEW' || counted.rejected > 0 || reviewedAt !== null;
  if (reviewedAt !== null) return !isAsApproved(it, counted);
  if (counted.read > 0 && counted.rejected === counted.read) return true;
  // It had none when it went on to be published, and another import has come in between.
  return onRejection === 'STOP' && counted.rejected > 0;
}

function isAsApproved(it: Import, { inserted, updated, unchanged, skipped, rejected }: Counted): boolean {
  const now = [inserted, updated, unchanged, skipped, rejected];
  const then = [it.rowsInserted, it.rowsUpdated, it.rowsUnchanged, it.rowsSkipped, it.rowsRejected];
  return now.every((count, i) => count === then[i]);
}

/** Leaves an import in REVIEW with its account. Nothing of it is visible, and nothing is locked or waits for it. */
export async function rest(it: Import, counted: Counted, replaces: Replacement | null): Promise<void> {
  const { count } = await db().import.updateMany({
    where: { id: it.id, attempt: it.attempt, status: { in: ['STAGING', 'PUBLISHING'] } },
    data: {
      status: 'REVIEW',
      restingSince: new Date(),
      task: Prisma.DbNull,
      toDecide: false,
      replaces: replaces ? jsonValue(replaces) : Prisma.DbNull,
      ...rowTally(counted),
      peakRssMb: peakRssMb(),
    },
  });
  if (count === 0) throw new Fenced('The import was cancelled or taken over.');
}
