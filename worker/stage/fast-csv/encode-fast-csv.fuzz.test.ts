import { expect, it } from 'vitest';
import { memorySource } from '@/worker/read/testing/memory-source';
import { randomFrom } from '@/worker/read/testing/random-from';
import { canUseFastPath } from './can-use-fast-path';
import { classicWay, laneWay, type Outcome, planOf } from './testing/both-ways';
import { below, generate, mappingOf, pick } from './testing/random-csv';

const cases = 4_000;
const seed = 20_261_123;

/** What was given out before a failure depends on the cuts; that it fails, and of what, does not. */
function expectSame(lane: Outcome, classic: Outcome, about: string): void {
  expect(lane.failure, about).toBe(classic.failure);
  if (classic.failure === undefined) {
    expect(lane.lines, about).toBe(classic.lines);
    expect(lane.rejected, about).toEqual(classic.rejected);
    expect(lane.stored, about).toBe(classic.stored);
  } else {
    const shorter = Math.min(lane.lines.length, classic.lines.length);
    expect(lane.lines.slice(0, shorter), about).toBe(classic.lines.slice(0, shorter));
    const fewer = Math.min(lane.rejected.length, classic.rejected.length);
    expect(lane.rejected.slice(0, fewer), about).toEqual(classic.rejected.slice(0, fewer));
  }
  expect(lane.stored, about).toBe(lane.lines.split('\n').length - 1);
}

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
    const classic = await classicWay(memorySource('fuzz.csv', bytes), layout, plan);
    const lane = await laneWay(source, layout, plan, null, size);
    expectSame(lane, classic, about);
    stored += lane.stored;
    rejected += lane.rejected.length;
    if (lane.failure !== undefined) continue;
    expect(lane.leftOut, about).toBe(classic.leftOut);
    leftOut += lane.leftOut;

    // Either way goes on from wherever the other stopped.
    const cut = await classicWay(source, layout, plan, null, size);
    for (const [given, goOn] of [
      [lane, laneWay],
      [lane, classicWay],
      [cut, laneWay],
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
      expect(rest.lines, at).toBe(Buffer.from(classic.lines).subarray(lineBytes).toString());
      const blank = before.reduce((sum, { leftOut: more }) => sum + more, 0);
      expect(rest.leftOut, at).toBe(classic.leftOut - blank);
      expect(rest.rejected, at).toEqual(classic.rejected.slice(faults));
    }
  }
  expect(stored).toBeGreaterThan(cases * 4);
  expect(rejected).toBeGreaterThan(cases * 4);
  expect(leftOut).toBeGreaterThan(cases);
});
