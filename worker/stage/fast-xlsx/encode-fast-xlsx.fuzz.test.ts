import { expect, it } from 'vitest';
import { isLong } from '@/testing/long';
import { randomFrom } from '@/testing/random-from';
import { damage, SheetMaker } from '@/worker/read/xlsx/testing/sheet-maker';
import { planOf } from '../fast-csv/testing/both-ways';
import { expectSame } from '../fast-csv/testing/expect-same';
import { mappingOf } from '../fast-csv/testing/random-csv';
import { below, pick } from '../fast-csv/testing/random-values';
import { type FastType, fastTypes } from '../fast-csv/write-checked';
import { fastWay, generalWay, sheetLayout, workbookOf } from './testing/both-ways';
import { countRowsByBytes } from './testing/count-rows-by-bytes';
import { usualSheet } from './testing/usual-sheet';

const cases = isLong ? 3_000 : 600;
const seed = 20_261_129;

it(`by bytes as by strings, however the sheet is cut (seed ${seed})`, { timeout: 120_000 }, async () => {
  const random = randomFrom(seed);
  const byBytes = countRowsByBytes();
  const sum = { stored: 0, rejected: 0, failed: 0 };
  for (let i = 0; i < cases; i++) {
    const oddity = pick(random, [0, 0, 0.01, 0.04]);
    const isUsual = random() < 0.6;
    const width = 1 + below(random, pick(random, [8, 60]));
    const sheet = isUsual ? usualSheet(random, width) : new SheetMaker(random, oddity).sheet();
    const whole = Buffer.from(sheet);
    const xml = random() < 0.2 ? damage(whole, random) : whole;
    // Texts take anything, so that there are rows that are stored.
    const kinds = Array.from(
      { length: width },
      (): FastType => (random() < 0.8 ? 'TEXT' : pick(random, fastTypes)),
    );
    const mapping = mappingOf(random, kinds);
    const plan = planOf(mapping, width, { shortRows: random() < 0.8 ? 'pad' : 'reject' });
    const layout = sheetLayout(1 + below(random, 3));
    const source = await workbookOf(xml, 1 + below(random, pick(random, [8, 4_000])));
    const piece = 1 + below(random, pick(random, [4, 64, 2_000]));
    const about = `case ${i} of seed ${seed}: ${JSON.stringify({ xml: xml.toString('latin1'), mapping, width, options: plan.options, piece })}`;
    const general = await generalWay(source, layout, plan);
    const fast = await fastWay(source, layout, plan, null, piece);
    expectSame(fast, general, about);
    sum.stored += fast.stored;
    sum.rejected += fast.rejected.length;
    if (fast.failure !== undefined) {
      sum.failed++;
      continue;
    }
    expect(fast.leftOut, about).toBe(general.leftOut);
    const batch = fast.batches[below(random, Math.max(1, fast.batches.length))];
    if (batch === undefined) continue;
    // It goes on from wherever it stopped.
    const rest = await fastWay(source, layout, plan, batch.position, piece);
    const before = fast.batches.slice(0, fast.batches.indexOf(batch) + 1);
    const lineBytes = before.reduce((bytes, { lineBytes: more }) => bytes + more, 0);
    expect(rest.lines, about).toBe(Buffer.from(general.lines).subarray(lineBytes).toString());
  }
  byBytes.stop();
  expect(byBytes.rows).toBeGreaterThan(cases);
  expect(sum.stored).toBeGreaterThan(cases);
  expect(sum.rejected).toBeGreaterThan(cases / 4);
  expect(sum.failed).toBeGreaterThan(cases / 20);
});
