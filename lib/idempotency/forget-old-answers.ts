import { db } from '../db/client';

const day = 24 * 3600_000;

/** Removes answers that were kept for a day. @returns how many */
export async function forgetOldAnswers(now: Date): Promise<number> {
  const { count } = await db().keptAnswer.deleteMany({
    where: { createdAt: { lt: new Date(now.getTime() - day) } },
  });
  return count;
}
