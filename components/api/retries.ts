import { isSluiceOutage } from '@/lib/shared/outage-status';
import { ApiError } from './client';

/** How often a request is made again because the server asks for patience: at most some twenty minutes in all. */
const patience = 20;

/** Seconds that the server asks for before the same request is made again; null where there is no use in it. */
function waitOf(error: unknown): number | null {
  if (!(error instanceof ApiError)) return null;
  if (error.status === 429) return error.retryAfter ?? 10;
  return error.status === 503 ? error.retryAfter : null;
}

/**
 * Makes a request, and makes it again whenever the server says that it is one too many for now (429), or that it cannot
 * do its work right now (503).
 * @param onWait told before each wait
 * @param goesOn false: nobody wants the answer any more, and the refusal is the answer
 */
export async function withRetryAfter<T>(
  request: () => Promise<T>,
  onWait: (error: ApiError) => void = () => undefined,
  goesOn: () => boolean = () => true,
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await request();
    } catch (error) {
      const wait = waitOf(error);
      if (wait === null || tries === patience || !goesOn()) throw error;
      if (error instanceof ApiError) onWait(error);
      // Not all of those who wait come back in the same moment.
      await new Promise((done) => setTimeout(done, wait * 1000 + Math.random() * 1000));
      if (!goesOn()) throw error;
    }
  }
}

/** Waits before a request is made again that nobody answered, in ms. */
const outageDelays = [1_000, 3_000, 8_000];

/** Makes a request that may be repeated, again when there was no answer or the server was out of order. */
export async function throughOutages<T>(request: () => Promise<T>): Promise<T> {
  for (const delay of outageDelays) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ApiError) || !isSluiceOutage(error.status)) throw error;
      await new Promise((done) => setTimeout(done, delay));
    }
  }
  return request();
}
