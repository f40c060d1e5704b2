import { describe, expect, it } from 'vitest';
import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import { rowTarget } from '@/lib/server/datasets/rows/row-target';
import { charactersOf, rejectedAtOnce } from '@/lib/server/datasets/rows/row-writer';
import { datasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { compileRowCheck } from '@/lib/server/datasets/validate/row-check';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import { readCsv } from '../read/csv/read-csv';
import type { Position } from '../read/source/types';
import { memorySource } from '../read/testing/memory-source';
import { usualLayout } from '../read/testing/usual-layout';
import { encodeBatches } from './encode-batches';
import type { EncodedBatch } from './encoded-batch';
import { encodeFastCsv } from './fast-csv/encode-fast-csv';
import type { EncodePlan } from './plan';

const mapping: MappedColumn[] = [{ index: 0, slot: 0, name: 'n', type: 'INTEGER' }];
const plan: EncodePlan = {
  target: rowTarget(1, datasetTable({ number: 1, rowStorage: 'TABLE' }), mapping),
  writer: copyWriter,
  mapping,
  width: 1,
  options: { shortRows: 'reject' },
  check: compileRowCheck(mapping, 1, { shortRows: 'reject' }),
  columnNames: new Map([[0, 'n']]),
  leftOut: new LeftOutSet([]),
};

const rows = 60_000;
const content = `n\n${Array.from({ length: rows }, (_, i) => (i % 10 === 0 ? i : 'x')).join('\n')}\n`;
const source = () => memorySource('wrong.csv', content);
const ways = {
  'as text': (from: Position | null) => encodeBatches(readCsv(source(), usualLayout, from), plan),
  'as bytes': (from: Position | null) => encodeFastCsv(source(), usualLayout, plan, from),
};

async function all(batches: AsyncIterable<EncodedBatch>) {
  const taken: { position: Position; stored: number; rejected: number[]; characters: number }[] = [];
  for await (const { position, stored, rejected, release } of batches) {
    const characters = rejected.reduce((sum, row) => sum + charactersOf(row), 0);
    taken.push({ position, stored, rejected: rejected.map(({ rowNumber }) => rowNumber), characters });
    release();
  }
  return taken;
}

describe.each(Object.entries(ways))('rows that are mostly wrong, %s', (_, read) => {
  it('are handed on in batches that fit into memory, and reading goes on behind any of them', async () => {
    const whole = await all(read(null));
    expect(whole.length).toBeGreaterThan(10);
    for (const { characters } of whole) expect(characters).toBeLessThan(2 * rejectedAtOnce);
    expect(whole.flatMap(({ rejected }) => rejected)).toEqual(
      Array.from({ length: rows }, (_, i) => i + 2).filter((row) => (row - 2) % 10 !== 0),
    );
    expect(whole.reduce((sum, { stored }) => sum + stored, 0)).toBe(rows / 10);
    for (const at of [0, 1, 7, whole.length - 2]) {
      const rest = await all(read(whole[at]?.position ?? null));
      const wanted = whole.slice(at + 1);
      expect(rest.flatMap(({ rejected }) => rejected)).toEqual(wanted.flatMap(({ rejected }) => rejected));
      const stored = (list: typeof rest) => list.reduce((sum, batch) => sum + batch.stored, 0);
      expect(stored(rest)).toBe(stored(wanted));
      expect(rest.at(-1)?.position).toEqual(whole.at(-1)?.position);
    }
  });
});

it('a row that is wrong in 1,600 cells keeps a hundred reasons, and says how many there are', () => {
  const wide = Array.from({ length: 1_600 }, (_, slot) => ({
    index: slot,
    slot,
    name: `c${slot}`,
    type: 'INTEGER' as const,
  }));
  const reasons = compileRowCheck(wide, 1_600, { shortRows: 'reject' }).check(wide.map(() => 'x'));
  expect(reasons).toHaveLength(101);
  expect(reasons?.at(-1)).toMatchObject({ column: null, reason: expect.stringContaining('1,500 more') });
});
