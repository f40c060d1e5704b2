import { expect, it } from 'vitest';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import { memorySource } from '@/worker/read/testing/memory-source';
import { usualLayout } from '@/worker/read/testing/usual-layout';
import { fastWay, generalWay, planOf } from './testing/both-ways';
import { expectSame } from './testing/expect-same';

const joined = (slot: number): MappedColumn => ({
  index: 1 + slot,
  slot,
  name: `all ${slot}`,
  type: 'TEXT',
  transform: { from: { kind: 'COLUMNS', columns: ['a'], indexes: [0], separator: '' } },
});

it('makes no more of a row than so many characters, whichever way it is read', async () => {
  const plan = planOf([0, 1, 2, 3, 4].map(joined), 1, { shortRows: 'reject' });
  const text = `${'x'.repeat(900_000)}\nshort\n${'ü'.repeat(800_000)}\n${'ü'.repeat(900_000)}\n`;
  const source = () => memorySource('a.csv', text);
  const general = await generalWay(source(), { ...usualLayout, firstRow: 1 }, plan);
  const fast = await fastWay(source(), { ...usualLayout, firstRow: 1 }, plan);
  expectSame(fast, general, 'long rows');
  expect(fast.stored).toBe(2);
  expect(fast.rejected.map(({ rowNumber, reasons }) => [rowNumber, reasons[0]?.column])).toEqual([
    [1, 'all 4'],
    [4, 'all 4'],
  ]);
});
