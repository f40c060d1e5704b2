import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { memoryMb } from './faults';
import { diskFilled } from './full-disk';
import { type Laboratory, openLaboratory } from './laboratory';
import { makeCsv } from './make-file';
import { openSmallDisk } from './small-disk';

/** The short form of `npm run test:faults -- --small-disk`: one moment, drawn anew each time. */
const seed = Date.now() % 100_000;

let lab: Laboratory;
beforeAll(async () => {
  lab = await openLaboratory(await openSmallDisk());
});
afterEach(() => lab.reset());
afterAll(() => lab.close());

it(`an import survives a full disk, and everything says what it is (seed ${seed})`, async () => {
  const share = 0.05 + (0.9 * seed) / 100_000;
  const { moment, wrong, peakMb } = await diskFilled(lab, makeCsv(seed, 120_000), share);
  expect({ moment, wrong }).toEqual({ moment, wrong: [] });
  expect(peakMb).toBeLessThan(memoryMb);
}, 150_000);
