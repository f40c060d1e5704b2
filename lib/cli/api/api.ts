import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, refusalOf } from '@/lib/shared/api/api-error';
import { apiClient } from '@/lib/shared/api/client';
import { messageOf } from '../../server/platform/errors';
import { isSluiceOutage } from '../../shared/outage-status';

/** A Sluice to talk to. */
export interface Server {
  /** Its address, e.g. http://127.0.0.1:3000 */
  url: string;
  /** What says who asks; made anew for every request, since it may live shortly. */
  credential(): string | undefined;
}

/** Waits before a request is made again that got no answer, or one of an outage: a web server restarts in as long. */
const pauses = [500, 1_500, 4_000];
/** An outage during which the server itself says when to ask again is waited out for so long. */
const patienceMilliseconds = 15 * 60_000;

/**
 * A request with the credential of whoever uses the command line. Asks again, for as long as it takes, when the
 * server says that this is one too many for now (429), for a quarter of an hour when it says that it cannot do its work
 * right now (503 with Retry-After), and a few times when it does not answer: every request carries an Idempotency-Key,
 * so that one whose answer was lost has no second effect.
 * @throws ApiError with the server's own sentence, or when nobody answers
 */
export async function request(server: Server, asked: Request): Promise<Response> {
  asked.headers.set('idempotency-key', randomUUID());
  const until = Date.now() + patienceMilliseconds;
  let told = '';
  for (let tries = 0; ; ) {
    const pause = pauses[tries];
    const answer = await requestOnce(server, asked.clone()).catch((error: unknown) => {
      if (pause === undefined) throw error;
    });
    const wait = answer?.headers.get('retry-after');
    if (answer?.status === 429) {
      await answer.body?.cancel();
      await sleep(secondsOf(wait) * 1000);
    } else if (answer && isSluiceOutage(answer.status) && wait && Date.now() < until) {
      const why = (await refusalOf(answer)).message;
      // Whoever waits is told what for, once.
      if (why !== told) process.stderr.write(`${why}\n`);
      told = why;
      // Not all of those who wait come back in the same moment.
      await sleep(secondsOf(wait) * 1000 + Math.random() * 500);
    } else if (pause !== undefined && (!answer || isSluiceOutage(answer.status))) {
      await answer?.body?.cancel();
      await sleep(pause);
      tries += 1;
    } else if (answer) {
      if (!answer.ok) throw await refusalOf(answer);
      return answer;
    }
  }
}

function secondsOf(retryAfter: string | null | undefined): number {
  const seconds = Number(retryAfter ?? 10);
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), 300) : 10;
}

async function requestOnce(server: Server, asked: Request): Promise<Response> {
  const credential = server.credential();
  if (credential) asked.headers.set('authorization', `Bearer ${credential}`);
  try {
    return await fetch(asked);
  } catch (error) {
    throw new ApiError('unreachable', 0, `${server.url} cannot be reached (${messageOf(error)}).`);
  }
}

/** Sluice's HTTP API. @throws ApiError with the server's own sentence, from each of its methods */
export const apiOf = (server: Server) =>
  apiClient(new URL(server.url).origin, (asked) => request(server, asked));
