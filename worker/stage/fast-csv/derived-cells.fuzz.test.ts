import { expect, it } from 'vitest';
import { isLong } from '@/testing/long';
import { randomFrom } from '@/testing/random-from';
import { memorySource } from '@/worker/read/testing/memory-source';
import { canUseFastPath } from './can-use-fast-path';
import { fastWay, generalWay, planOf } from './testing/both-ways';
import { expectSame } from './testing/expect-same';
import { generate, mappingOf } from './testing/random-csv';
import { transformed } from './testing/random-transforms';
import { below, pick } from './testing/random-values';

const cases = isLong ? 4_000 : 1_000;
const seed = 20_261_129;

it(`transforms by bytes as by strings (seed ${seed})`, { timeout: 60_000 }, async () => {
  const random = randomFrom(seed);
  let stored = 0;
  let rejected = 0;
  for (let i = 0; i < cases; i++) {
    const { bytes, layout, width, types } = generate(random);
    const mapping = transformed(random, mappingOf(random, types), width);
    const plan = planOf(mapping, width, { shortRows: random() < 0.5 ? 'pad' : 'reject' });
    expect(canUseFastPath(layout, mapping)).toBe(true);
    const size = 1 + below(random, pick(random, [4, 64, 2_000]));
    const about = `case ${i} of seed ${seed}: ${JSON.stringify({ text: bytes.toString('latin1'), layout, mapping, width, options: plan.options, size })}`;
    const source = memorySource('fuzz.csv', bytes, () => 1 + below(random, 1_000));
    const general = await generalWay(memorySource('fuzz.csv', bytes), layout, plan);
    const fast = await fastWay(source, layout, plan, null, size);
    expectSame(fast, general, about);
    stored += fast.stored;
    rejected += fast.rejected.length;
  }
  expect(stored).toBeGreaterThan(cases * 2);
  expect(rejected).toBeGreaterThan(cases * 4);
});
