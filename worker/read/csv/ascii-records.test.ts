import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiDialect } from '@/lib/shared/csv/ascii-records';
import { inspectSlice } from '@/lib/shared/inspect/inspect-slice';
import { inspect } from '../inspect';
import { readRows } from '../read';
import { memorySource } from '../testing/memory-source';
import { readCsv } from './read-csv';
import { readTextEnd } from './read-end';

async function read(content: string | Uint8Array, chunk = 1_000) {
  const source = memorySource('a.txt', content, () => chunk);
  const { layout, columns, headerSure } = await inspect(source);
  const rows: string[][] = [];
  const numbers: number[] = [];
  for await (const batch of readRows(source, layout)) {
    rows.push(...batch.rows);
    numbers.push(...batch.numbers);
  }
  return { layout, columns, headerSure, rows, numbers };
}

const header = ['id', 'name', 'note'];
const data = [
  ['1', 'Bolt; long, "new"', 'two\nlines'],
  ['2', 'Nut', ''],
  ['3', 'Pin', 'x\ty'],
];
const records = [header, ...data].map((cells) => cells.join('\x1f'));

describe('text with ASCII’s own signs between cells and records', () => {
  it.each([
    ['records that end with 0x1E', `${records.join('\x1e')}\x1e`],
    ['without one at the end', records.join('\x1e')],
    ['with a line end behind each', `${records.join('\x1e\r\n')}\x1e\r\n`],
  ])('%s', async (_, text) => {
    const found = await read(text, 3);
    expect(found).toMatchObject({ columns: header, rows: data, numbers: [2, 3, 4] });
    expect(found.layout).toMatchObject({ delimiter: '\x1f', headerRow: 1 });
    const seen = inspectSlice(new TextEncoder().encode(text), true);
    expect(seen?.columns.map(({ name }) => name)).toEqual(header);
    expect(seen?.sample.map(({ cells }) => cells)).toEqual(data);
  });

  it.each(['\x1f', '\x1e'])(
    'with one of them (%j) between cells and a line for each record',
    async (sign) => {
      const lines = [header, ['1', 'Bolt', 'a'], ['2', 'Nut', 'b']].map((cells) => cells.join(sign));
      const found = await read(`${lines.join('\n')}\n`);
      expect(found).toMatchObject({ columns: header, numbers: [2, 3] });
      expect(found.layout).toMatchObject({ delimiter: sign });
    },
  );

  it('cells hold whatever else there is', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', ',', ';', '"', "'", '\n', '\r', '\t', ' ', '#'),
    });
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 2, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 50 }), async (cells, chunk) => {
        const numbered = cells.map((row, i) => [`k${i}`, ...row, 'z']);
        const text = [['a', 'b', 'c', 'd', 'e'], ...numbered].map((row) => row.join('\x1f')).join('\x1e');
        const source = memorySource('a.txt', text, () => chunk);
        const { layout } = await inspect(source, { headerRow: 1 });
        const rows: string[][] = [];
        for await (const batch of readRows(source, layout)) rows.push(...batch.rows);
        expect(rows).toEqual(numbered);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['\n', '\r\n', '\r\r\n'])('messages name the line on which a record starts (%j)', async (end) => {
    const cells = [
      ['id', 'note'],
      ['1', `two${end}lines`],
      ['2', 'a\0b'],
      ['3', `${end}${end}`],
      ['4', 'c\0d'],
    ];
    const text = cells.map((row) => `${row.join('\x1f')}\x1e${end}`).join('');
    for (const chunk of [1, 2, 7, 1_000]) {
      const source = memorySource('a.txt', text, () => chunk);
      const { layout } = await inspect(source);
      if (layout.format !== 'csv') throw new Error('not a text');
      const reasons: string[] = [];
      for await (const batch of readCsv(source, layout, null, 1)) {
        reasons.push(...batch.problems.map(({ row, reason }) => `${row}: ${reason}`));
      }
      expect(reasons).toEqual([
        '3: Line 4 holds a NUL byte, which no text may contain.',
        '5: Line 8 holds a NUL byte, which no text may contain.',
      ]);
    }
  });

  it('no line end is taken for the start of a row at the end of a file', async () => {
    const wide = 'x'.repeat(3_000);
    const text = Array.from({ length: 60 }, (_, i) => `${i}\x1f${wide}\x1e\r\n`).join('');
    const rows = await readTextEnd(memorySource('a.txt', text), null, 'utf-8', asciiDialect, 2);
    expect(rows?.length).toBeGreaterThan(10);
    for (const { cells } of rows ?? []) expect(cells).toEqual([expect.stringMatching(/^\d+$/), wide]);
  });
});
