import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors';
import { isOutage } from '../outage';
import { db } from './client';

/**
 * Waits until the database answers: the release step often starts together with it.
 * @param milliseconds how long
 * @param onWait called once, with the reason, when it does not answer at first
 * @throws what the database said last
 */
export async function waitForDatabase(milliseconds: number, onWait: (reason: string) => void): Promise<void> {
  const until = Date.now() + milliseconds;
  for (let tries = 0; ; tries++) {
    try {
      await db().$queryRaw`select 1`;
      return;
    } catch (error) {
      if (!isOutage(error) || Date.now() > until) throw error;
      if (tries === 0) onWait(messageOf(error).trim().split('\n').at(-1) ?? '');
      await sleep(500);
    }
  }
}
