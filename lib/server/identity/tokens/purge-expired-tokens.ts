import { db } from '@/lib/server/platform/db/client';

const day = 24 * 3600_000;

/** How long a token stays in its person’s list, marked as expired, for whoever wonders why a script has stopped. */
const expiredDays = 30;

/** Removes tokens that expired a month ago. @returns how many */
export async function purgeExpiredTokens(now: Date): Promise<number> {
  const { count } = await db().apiToken.deleteMany({
    where: { expiresAt: { lt: new Date(now.getTime() - expiredDays * day) } },
  });
  return count;
}
