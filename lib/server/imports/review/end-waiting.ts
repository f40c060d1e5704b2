import type { Transaction } from '@/lib/server/platform/db/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { type StoredAmendment, storedAmendments } from '@/lib/shared/schema/review/stored-review';

/**
 * Notes that an import does not wait for its review any more, for now or for good, and what was changed in it.
 * @param amend what was changed, once it is known what was before
 */
export async function endWaiting(
  tx: Transaction,
  importId: number,
  amend: (before: StoredAmendment[]) => StoredAmendment[],
): Promise<void> {
  const { inReviewSince, amendments } = await tx.review.findUniqueOrThrow({ where: { importId } });
  const now = new Date();
  const waited = inReviewSince ? Math.round((now.getTime() - inReviewSince.getTime()) / 1000) : 0;
  await tx.review.update({
    where: { importId },
    data: {
      reviewedAt: now,
      inReviewSince: null,
      secondsInReview: { increment: waited },
      amendments: jsonValue(amend(storedAmendments.parse(amendments ?? []))),
    },
  });
}

/** Adds what was changed to what is kept of an import's review. */
export async function addAmendment(
  tx: Transaction,
  importId: number,
  amendment: StoredAmendment,
): Promise<void> {
  const { amendments } = await tx.review.findUniqueOrThrow({ where: { importId } });
  const all = [...storedAmendments.parse(amendments ?? []), amendment];
  await tx.review.update({ where: { importId }, data: { amendments: jsonValue(all) } });
}
