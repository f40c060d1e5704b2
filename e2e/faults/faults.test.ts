import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '@/testing/random-from';
import * as faults from './faults';
import { type Laboratory, openLaboratory } from './laboratory';
import { type MadeFile, makeCsv } from './make-file';
import * as progressFaults from './progress-faults';
import * as reviewFaults from './review-faults';

/** The short form of `npm run test:faults`: every fault at one moment, drawn anew each time. */
const seed = Date.now() % 100_000;
// Left to the long form: a worker whose silence alone tells that it is dead; a web server with streams and an export
// running, which has to be built (e2e/production.spec.ts stops one); SIGTERM into a standing database, which takes its
// 20 s and as long again to recover; and cut connections, since a crash of the database cuts them too.
const { memoryMb, terminatedInStall: _slow, databaseCut: _covered, ...ofReading } = faults;
const { killedAndWaitedFor: _takesItsTime, ...ofProgress } = progressFaults;
const all = { ...ofReading, ...reviewFaults, ...ofProgress };

let lab: Laboratory;
let file: MadeFile;

beforeAll(async () => {
  lab = await openLaboratory();
  file = makeCsv(seed, 120_000);
});
afterEach(() => lab.reset());
afterAll(() => lab.close());

describe(`an import of 120,000 rows, of which some are bad (seed ${seed})`, () => {
  const random = randomFrom(seed);
  it.each(Object.entries(all).map(([name, fault]) => ({ name, fault, share: 0.05 + 0.9 * random() })))(
    'survives or reports: $name at $share',
    async ({ fault, share }) => {
      const { moment, wrong, peakMb } = await fault(lab, file, share);
      expect({ moment, wrong }).toEqual({ moment, wrong: [] });
      expect(peakMb).toBeLessThan(memoryMb);
    },
    90_000,
  );
});
