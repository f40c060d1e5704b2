import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { MiB } from '@/lib/shared/bytes';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import { readCsv } from '@/worker/read/csv/read-csv';
import { memorySource } from '@/worker/read/testing/memory-source';
import { usualLayout } from '@/worker/read/testing/usual-layout';
import { encodeBatches } from '../stage/encode-batches';
import { planOf } from '../stage/fast-csv/testing/both-ways';
import { CheckTally } from './check-tally';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const mapping: MappedColumn[] = [
  { index: 0, slot: 0, name: 'day', type: 'DATE', dateOrder: null, decimalSign: null },
  { index: 1, slot: 1, name: 'text', type: 'TEXT', dateOrder: null, decimalSign: null },
];

it('keeps the values of rejected rows, and not the pieces of the file that they stood in', async () => {
  const good = '2025-01-02,some text that fills the file\n'.repeat(3_300);
  const file = Array.from({ length: 150 }, (_, i) => `Monday the ${i}th of May,x\n${good}`);
  const source = memorySource('a.csv', `day,text\n${file.join('')}`);
  const plan = planOf(mapping, 2, { shortRows: 'reject' });
  const tally = new CheckTally(
    plan.target,
    mapping.map((column) => ({ ...column, isThere: false })),
  );
  collect();
  const before = process.memoryUsage().heapUsed;
  for await (const batch of encodeBatches(readCsv(source, { ...usualLayout, firstRow: 2 }), plan)) {
    tally.add(batch);
    batch.release();
  }
  collect();
  expect((process.memoryUsage().heapUsed - before) / MiB).toBeLessThan(10);
  expect(tally.figures(true, true).rows).toMatchObject({ accepted: 150 * 3_300, rejected: 150 });
});
