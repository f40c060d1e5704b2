import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../server/platform/errors';

/** What the server answered instead of what was asked for. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** A Sluice to talk to. */
export interface Server {
  /** Its address, e.g. http://127.0.0.1:3000 */
  url: string;
  /** What says who asks; made anew for every request, since it may live shortly. */
  credential(): string | undefined;
}

/** Waits before a request is made again that got no answer, or one of an outage: a web server restarts in as long. */
const pauses = [500, 1_500, 4_000];
const outage = new Set([502, 503, 504]);
/** An outage during which the server itself says when to ask again is waited out for so long. */
const patienceMilliseconds = 15 * 60_000;

/**
 * A request with the credential of whoever uses the command line. Asks again, for as long as it takes, when the
 * server says that this is one too many for now (429), for a quarter of an hour when it says that it cannot do its work
 * right now (503 with Retry-After), and a few times when it does not answer: every request carries an Idempotency-Key,
 * so that one whose answer was lost has no second effect.
 * @throws ApiError when nobody answers
 */
export async function request(server: Server, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('idempotency-key', randomUUID());
  const until = Date.now() + patienceMilliseconds;
  let told = '';
  for (let tries = 0; ; ) {
    const pause = pauses[tries];
    const answer = await requestOnce(server, path, { ...init, headers }).catch((error: unknown) => {
      if (pause === undefined) throw error;
    });
    const asked = answer?.headers.get('retry-after');
    if (answer?.status === 429) {
      await answer.body?.cancel();
      await sleep(secondsOf(asked) * 1000);
    } else if (answer && outage.has(answer.status) && asked && Date.now() < until) {
      const why = messageIn(await answer.text());
      // Whoever waits is told what for, once.
      if (why !== undefined && why !== told) process.stderr.write(`${why}\n`);
      told = why ?? told;
      // Not all of those who wait come back in the same moment.
      await sleep(secondsOf(asked) * 1000 + Math.random() * 500);
    } else if (pause !== undefined && (!answer || outage.has(answer.status))) {
      await answer?.body?.cancel();
      await sleep(pause);
      tries += 1;
    } else if (answer) return answer;
  }
}

function secondsOf(retryAfter: string | null | undefined): number {
  const seconds = Number(retryAfter ?? 10);
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), 300) : 10;
}

async function requestOnce(server: Server, path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  const credential = server.credential();
  if (credential) headers.set('authorization', `Bearer ${credential}`);
  try {
    return await fetch(new URL(path, server.url), { ...init, headers });
  } catch (error) {
    throw new ApiError(0, `${server.url} cannot be reached (${messageOf(error)}).`);
  }
}

/**
 * A call of Sluice's HTTP API.
 * @returns the answer's JSON, trusted to be of the contract's shape
 * @throws ApiError with the server's own sentence
 */
export async function call<T>(server: Server, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await request(server, path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new ApiError(answer.status, messageIn(text) ?? `${path} answered ${answer.status}.`);
  return JSON.parse(text);
}

function messageIn(text: string): string | undefined {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}
