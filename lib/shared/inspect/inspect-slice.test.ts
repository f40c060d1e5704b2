import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KiB } from '@/lib/shared/bytes';
import { inspect } from '@/worker/read/inspect';
import { memorySource } from '@/worker/read/testing/memory-source';
import { inspectSlice } from './inspect-slice';

const folder = 'e2e/files/csv';
const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
const bytes = (text: string) => new TextEncoder().encode(text);

let compared = 0;

it.each(files)('sees in the first bytes what the worker sees: %s', async (name) => {
  const content = readFileSync(`${folder}/${name}`);
  const seen = inspectSlice(content.subarray(0, 128 * KiB), content.length <= 128 * KiB);
  const read = await inspect(memorySource(name, content), {}).catch(() => null);
  if (!seen || !read) {
    // Only what it may leave to the worker.
    expect(seen).toBeNull();
    return;
  }
  compared += 1;
  expect(seen.columns.map((column) => column.name)).toEqual(read.columns);
  const { delimiter, quote, headerRow, encoding } = {
    delimiter: null,
    quote: null,
    encoding: null,
    ...read.layout,
  };
  expect(seen.layout).toMatchObject({ delimiter, quote, headerRow, encoding });
  expect(seen.sample[0]).toEqual(read.sample[0]);
});

it('saw at least 25 of these files, as the worker did', () => expect(compared).toBeGreaterThanOrEqual(25));

it('#6 cuts neither a character nor a record in two', () => {
  const text = 'name;grüße\nZoë;"a\nb"\nÄnne;"c';
  for (let end = bytes('name;grüße\nZoë;"a\nb"\n').length; end <= bytes(text).length; end++) {
    const seen = inspectSlice(bytes(text).subarray(0, end), false);
    expect(seen?.columns.map(({ name }) => name)).toEqual(['name', 'grüße']);
    expect(seen?.sample).toEqual([{ row: 2, cells: ['Zoë', 'a\nb'] }]);
  }
});

it('proposes types from what it sees', () => {
  const seen = inspectSlice(bytes('id,day,zip\n1,2026-01-31,01234\n2,2026-02-01,99999\n'), true);
  expect(seen?.columns.map(({ type }) => type)).toEqual(['INTEGER', 'DATE', 'TEXT']);
});

it('#5 #19 #21 leaves to the worker what only the worker can tell', () => {
  const latin1 = Uint8Array.from([...bytes('a,b\nZo'), 0xeb, ...bytes(',1\n')]);
  for (const other of [
    latin1,
    bytes('PK\u0003\u0004'),
    Uint8Array.from([0x1f, 0x8b, 8]),
    bytes(''),
    bytes(' \n'),
  ])
    expect(inspectSlice(other, true)).toBeNull();
});
