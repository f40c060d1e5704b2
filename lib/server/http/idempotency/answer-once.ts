import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';

/** Somebody who works on a request for so long has died over it, and the next takes over. */
const deadAfterMilliseconds = 30_000;

/** What of an answer is kept, where a part of it must not lie in a table, and how that part is made anew. */
export interface Keeping<T, K> {
  keep: (answer: T) => K;
  restore: (kept: K) => Promise<T>;
}

interface Claim {
  id: string;
  claimedAt: Date;
}

/**
 * Answers a request that carries an Idempotency-Key once: whoever repeats it, also at the same time and through
 * another web server, gets the first answer, for a day. A request that was refused may be repeated until it succeeds.
 * Without the header it just does the work.
 * @param input the parsed body: the same key with another body is refused
 * @param work gets an id for what it makes, which is the same one when an attempt that died is taken over
 * @param keeping where the answer is not kept as it is
 * @throws AppError `unprocessable` for a key that another request has used, `bad-request` for no key
 */
export async function answerOnce<T, K = T>(
  request: Request,
  user: User,
  input: unknown,
  work: (id: string | undefined) => Promise<T>,
  keeping?: Keeping<T, K>,
): Promise<T> {
  const key = request.headers.get('idempotency-key');
  if (key === null) return work(undefined);
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw new AppError('bad-request', 'An Idempotency-Key has 1 to 255 printable ASCII characters.');
  }
  const { pathname } = new URL(request.url);
  const fingerprint = createHash('sha256')
    .update(`${request.method} ${pathname}\n${JSON.stringify(input)}`)
    .digest('hex');
  const place = { userId: user.id, key };
  const found = await claim(place, fingerprint);
  if ('answer' in found) {
    if (keeping) {
      const kept: K = JSON.parse(found.answer);
      return keeping.restore(kept);
    }
    const answer: T = JSON.parse(found.answer);
    return answer;
  }
  try {
    const answer = await work(found.id);
    await db().idempotentResponse.updateMany({
      where: { id: found.id, answer: null },
      data: { answer: JSON.stringify(keeping ? keeping.keep(answer) : answer) },
    });
    return answer;
  } catch (error) {
    // Free to be claimed at once, with the id it has: perhaps the deed was done and only its end failed.
    await db().idempotentResponse.updateMany({
      where: { ...found, answer: null },
      data: { claimedAt: new Date(0) },
    });
    throw error;
  }
}

/** The right to work on a request, or its answer as soon as there is one. */
async function claim(
  place: { userId: string; key: string },
  fingerprint: string,
): Promise<Claim | { answer: string }> {
  for (let pause = 25; ; pause = Math.min(2 * pause, 500)) {
    const claimedAt = new Date();
    const [mine] = await db().idempotentResponse.createManyAndReturn({
      data: [{ ...place, fingerprint, claimedAt }],
      skipDuplicates: true,
      select: { id: true },
    });
    if (mine) return { ...mine, claimedAt };
    const found = await db().idempotentResponse.findUnique({ where: { userId_key: place } });
    if (!found) continue;
    if (found.fingerprint !== fingerprint) {
      throw new AppError(
        'unprocessable',
        'This Idempotency-Key was used for another request. Use a new key for a new request, and the same one only to repeat a request as it was.',
      );
    }
    if (found.answer !== null) return { answer: found.answer };
    if (found.claimedAt.getTime() < claimedAt.getTime() - deadAfterMilliseconds) {
      const { count } = await db().idempotentResponse.updateMany({
        where: { id: found.id, answer: null, claimedAt: found.claimedAt },
        data: { claimedAt },
      });
      if (count === 1) return { id: found.id, claimedAt };
    }
    await sleep(pause);
  }
}
