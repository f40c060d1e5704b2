import { expect, it } from 'vitest';
import { isLong } from '@/testing/long';
import { randomFrom } from '@/testing/random-from';
import { memorySource } from '@/worker/read/testing/memory-source';
import { canUseFastPath } from './can-use-fast-path';
import { fastWay, generalWay, planOf } from './testing/both-ways';
import { expectSame } from './testing/expect-same';
import { generate, mappingOf } from './testing/random-csv';
import { below, pick } from './testing/random-values';

const cases = isLong ? 4_000 : 1_000;
const seed = 20_261_123;

it(`by bytes as by strings, however the file is cut (seed ${seed})`, { timeout: 60_000 }, async () => {
  const random = randomFrom(seed);
  let stored = 0;
  let rejected = 0;
  let leftOut = 0;
  for (let i = 0; i < cases; i++) {
    const { bytes, layout, width, types } = generate(random);
    const mapping = mappingOf(random, types);
    const plan = planOf(mapping, width, { shortRows: random() < 0.5 ? 'pad' : 'reject' });
    expect(canUseFastPath(layout, mapping)).toBe(true);
    const longest = pick(random, [1, 7, 40, 1_000]);
    const source = memorySource('fuzz.csv', bytes, () => 1 + below(random, longest));
    const size = 1 + below(random, pick(random, [4, 64, 2_000]));
    const about = `case ${i} of seed ${seed}: ${JSON.stringify({ text: bytes.toString('latin1'), layout, mapping, width, options: plan.options, size })}`;
    const general = await generalWay(memorySource('fuzz.csv', bytes), layout, plan);
    const fast = await fastWay(source, layout, plan, null, size);
    expectSame(fast, general, about);
    stored += fast.stored;
    rejected += fast.rejected.length;
    if (fast.failure !== undefined) continue;
    expect(fast.leftOut, about).toBe(general.leftOut);
    leftOut += fast.leftOut;

    // Either way goes on from wherever the other stopped.
    const cut = await generalWay(source, layout, plan, null, size);
    for (const [given, goOn] of [
      [fast, fastWay],
      [fast, generalWay],
      [cut, fastWay],
    ] as const) {
      const stop = below(random, given.batches.length);
      const batch = given.batches[stop];
      if (batch === undefined) continue;
      const rest = await goOn(source, layout, plan, batch.position, size);
      const before = given.batches.slice(0, stop + 1);
      const lineBytes = before.reduce((sum, { lineBytes: more }) => sum + more, 0);
      const faults = before.reduce((sum, { rejected: more }) => sum + more, 0);
      const at = `${about} from ${JSON.stringify(batch.position)}`;
      expect(rest.failure, at).toBeUndefined();
      expect(rest.lines, at).toBe(Buffer.from(general.lines).subarray(lineBytes).toString());
      const blank = before.reduce((sum, { leftOut: more }) => sum + more, 0);
      expect(rest.leftOut, at).toBe(general.leftOut - blank);
      expect(rest.rejected, at).toEqual(general.rejected.slice(faults));
    }
  }
  expect(stored).toBeGreaterThan(cases * 4);
  expect(rejected).toBeGreaterThan(cases * 4);
  expect(leftOut).toBeGreaterThan(cases);
});
