import { peakRssMb } from '@/lib/server/imports/progress/record';
import { transitionAsAttempt } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import { type Import, Prisma, type Review } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import type { Replacement } from '@/lib/shared/schema/review/stored-replacement';
import { type Counted, rowTally } from './count';

/**
 * Whether an import whose rows are decided on waits for a person now. One that was approved does not, unless another
 * import came in between and it would do something else than what was approved; one that was corrected does, since it
 * was reviewed before. So does one without a single valid row: to publish it would be to say that it went well.
 */
export function needsReview(record: Import & { review: Review | null }, counted: Counted): boolean {
  const { task, onRejection, review } = record;
  if (review?.reviewedAt) return task !== 'PUBLISH' || !isAsApproved(record, counted);
  if (onRejection === 'REVIEW') return true;
  if (onRejection === 'STOP') return counted.rejected > 0;
  return counted.read > 0 && counted.rejected === counted.read;
}

function isAsApproved(record: Import, { inserted, updated, unchanged, skipped, rejected }: Counted): boolean {
  const now = [inserted, updated, unchanged, skipped, rejected];
  const then = [
    record.rowsInserted,
    record.rowsUpdated,
    record.rowsUnchanged,
    record.rowsSkipped,
    record.rowsRejected,
  ];
  return now.every((count, i) => count === then[i]);
}

/** Leaves an import in REVIEW with its account. Nothing of it is visible, and nothing is locked or waits for it. */
export async function enterReview(
  record: Import,
  counted: Counted,
  replaces: Replacement | null,
): Promise<void> {
  const waits = { inReviewSince: new Date(), needsResolving: false };
  await db().$transaction(async (tx) => {
    await transitionAsAttempt(tx, record, 'REVIEW', {
      task: 'PUBLISH',
      replaces: replaces ? jsonValue(replaces) : Prisma.DbNull,
      ...rowTally(counted),
      peakRssMb: peakRssMb(),
    });
    await tx.review.upsert({
      where: { importId: record.id },
      create: { importId: record.id, ...waits },
      update: waits,
    });
  });
}
