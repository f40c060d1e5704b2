import { db } from '@/lib/server/platform/db/client';

const day = 24 * 3600_000;

/** Removes answers that were kept for a day. @returns how many */
export async function purgeExpiredAnswers(now: Date): Promise<number> {
  const { count } = await db().idempotentResponse.deleteMany({
    where: { createdAt: { lt: new Date(now.getTime() - day) } },
  });
  return count;
}
