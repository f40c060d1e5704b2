import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from '@/lib/server/platform/outage';

/** Does the same so many times at once. Whoever finds no connection in time comes again, as pages and the command line do. */
export function atOnce<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const patient = async (): Promise<T> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isOutage(error)) throw error;
        await sleep(100);
      }
    }
  };
  return Promise.all(Array.from({ length: times }, patient));
}
