import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { failImport } from '../jobs/fail-import';

const dayMilliseconds = 24 * 3600_000;
const atATime = 200;

/**
 * Ends imports that wait in REVIEW and that nobody looked after for as long as files are kept: their rows take room
 * that nobody sees. Said on their page from the first day on. The source file is kept as long again, so that what was
 * forgotten is not lost; while an import waits, its file is never deleted.
 */
export async function endForgottenReviews(now: Date, days = env().KEEP_FILES_DAYS): Promise<void> {
  if (days === 0) return;
  const before = new Date(now.getTime() - days * dayMilliseconds);
  const forgotten = await db().import.findMany({
    where: {
      status: 'REVIEW',
      review: { OR: [{ reviewedAt: { lt: before } }, { reviewedAt: null, inReviewSince: { lt: before } }] },
    },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: atATime,
  });
  for (const { id } of forgotten) {
    const message = `The import waited ${days} days for its review. None of its rows became visible.`;
    await failImport(id, new ImportFailure('REVIEW_ABANDONED', message));
  }
}
