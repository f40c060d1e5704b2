import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { importsUnderWay } from '../stage/imports-under-way';

/** While this process works on an import, a check rests so many times as long as it worked. */
const restsPerWork = 20;
/** But never longer: whoever waits for the figures sees that they move. */
const longestRest = 250;
/** Milliseconds after which everything else in this process gets its turn. */
const turn = 10;

/**
 * Has a check give way: to the imports of its process, of whose time it takes 5 % at most, and to all else there. Measured
 * in docs/decisions/checks.md.
 */
export class Pace {
  private since = performance.now();

  /** To be awaited after each batch. */
  async giveWay(signal: AbortSignal): Promise<void> {
    const worked = performance.now() - this.since;
    if (importsUnderWay() > 0)
      await sleep(Math.min(longestRest, restsPerWork * worked), undefined, { signal });
    else if (worked < turn) return;
    else await nextTurn();
    this.since = performance.now();
  }
}
