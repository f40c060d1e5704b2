import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localSource } from '../source/local-source';
import type { Batch, XlsxLayout } from '../source/types';
import { readXlsx } from './read';
import { cellName } from './sheet/cell-name';
import { inspectAndRead, readSheet, workbookSource } from './testing/read-all';

const layout: XlsxLayout = {
  format: 'xlsx',
  sheet: 'Sheet1',
  sheets: [],
  date1904: false,
  headerRow: null,
  firstRow: 1,
};

/** A sheet in which each row is cut into elements, all with its number. @param cuts how many cells the next element has */
function markup(widths: number[], cuts: () => number): string {
  return widths
    .map((width, index) => {
      const number = index + 1;
      const elements: string[] = [];
      for (let column = 0; column < width; ) {
        const end = Math.min(width, column + cuts());
        const cells: string[] = [];
        for (; column < end; column++) cells.push(cell(number, column));
        elements.push(`<row r="${number}">${cells.join('')}</row>`);
      }
      return elements.join('');
    })
    .join('');
}

function cell(number: number, column: number): string {
  const name = cellName(column, number);
  return (number + column) % 97 === 0
    ? `<c r="${name}" t="e"><v>#N/A</v></c>`
    : `<c r="${name}"><v>${number * 100 + column}</v></c>`;
}

/** @param comment one before the rows, and the strict parser reads them; without one, the scanner does */
async function batchesOf(rows: string, comment: string): Promise<Batch[]> {
  const xml = `<worksheet>${comment}<sheetData>${rows}</sheetData></worksheet>`;
  const batches: Batch[] = [];
  for await (const batch of readXlsx(await workbookSource({ sheets: [{ xml }] }), layout)) {
    batches.push(batch);
  }
  return batches;
}

const outcome = (batches: Batch[]) => ({
  rows: batches.flatMap(({ rows }) => rows),
  numbers: batches.flatMap(({ numbers }) => numbers),
  problems: batches.flatMap(({ problems }) => problems),
});

describe('a row that is written in several elements', () => {
  it('is one row, as if it had been written in one, wherever batches end and whatever reads it', async () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 20, maxLength: 40 }),
        pieces,
        fc.constantFrom('', '<!-- strict -->'),
        async (some, sizes, comment) => {
          // Beyond 1,000 rows and beyond 16,384 cells, so that batches end for either reason.
          const widths = Array.from({ length: 2_100 }, (_, i) => some[i % some.length] ?? 1);
          let next = 0;
          const split = await batchesOf(
            markup(widths, () => sizes[next++ % sizes.length] ?? 1),
            comment,
          );
          const whole = await batchesOf(
            markup(widths, () => 100),
            comment,
          );
          expect(split.length).toBeGreaterThan(1);
          expect(outcome(split)).toEqual(outcome(whole));
          for (const { numbers, problems } of split) {
            const own = new Set(numbers);
            expect(problems.every((problem) => own.has(problem.row))).toBe(true);
          }
        },
      ),
      { numRuns: 6 },
    );
  });

  it('goes on after any position', async () => {
    const rows = markup(
      Array.from({ length: 2_500 }, () => 3),
      () => 1,
    );
    const source = await workbookSource({ sheets: [{ rows }] });
    for (const after of [1, 999, 1_000, 1_001, 2_499]) {
      const left: Batch[] = [];
      for await (const batch of readXlsx(source, layout, { row: after, offset: null, line: after })) {
        left.push(batch);
      }
      const { numbers } = outcome(left);
      expect(numbers).toEqual(Array.from({ length: 2_500 - after }, (_, i) => after + 1 + i));
      expect(left[0]?.rows[0]).toHaveLength(3);
    }
  });

  it('is read so from a program that writes an element for each cell', async () => {
    const file = resolve(import.meta.dirname, '../../../e2e/files/cases/reading/26-row-per-cell.xlsx');
    const { columns, data, warnings } = await inspectAndRead(await localSource(join(file)));
    expect([columns, data, warnings]).toEqual([
      ['id', 'name'],
      [
        ['1', 'Bolt'],
        ['2', 'Nut'],
      ],
      [],
    ]);
  });

  const full = (number: number, ...values: number[]) =>
    `<row r="${number}">${values.map((value) => `<c><v>${value}</v></c>`).join('')}</row>`;

  it.each(['', '<!-- strict -->'])(
    'begins where an element fills a cell again, however far down (%j before it)',
    async (comment) => {
      const many = Array.from({ length: 3_000 }, (_, i) => full(i + 1, i, i));
      const repeated = [
        full(3_001, 1, 2),
        full(3_001, 3, 4),
        full(3_001, 3, 4),
        full(3_002, 5, 6),
        full(4_000, 7, 8),
      ];
      const read = outcome(await batchesOf([...many, ...repeated].join(''), comment));
      expect(read.rows.slice(3_000)).toEqual([
        ['1', '2'],
        ['3', '4'],
        ['3', '4'],
        ['5', '6'],
        ['7', '8'],
      ]);
      expect(read.numbers.slice(2_999)).toEqual([3_000, 3_001, 3_002, 3_003, 3_004, 4_000]);
      expect(read.problems).toEqual([]);
    },
  );

  it.each(['', '<!-- strict -->'])(
    'is each element where all have one number (%j before it)',
    async (comment) => {
      const elements = Array.from({ length: 50 }, (_, i) =>
        i % 2
          ? `<row r="1"><c r="A1"><v>${i}</v></c><c r="B1"><v>0</v></c></row>`
          : `<row r="1"><c r="B1"><v>${i}</v></c><c r="C1" t="e"><v>#N/A</v></c></row>`,
      );
      const { rows, numbers, problems } = outcome(await batchesOf(elements.join(''), comment));
      expect(rows).toHaveLength(50);
      expect(rows.slice(0, 3)).toEqual([
        ['', '0', '#N/A'],
        ['1', '0'],
        ['', '2', '#N/A'],
      ]);
      expect(numbers).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
      expect(problems.map(({ row }) => row)).toEqual(numbers.filter((number) => number % 2 === 1));
      expect(problems.at(-1)?.reason).toContain('Cell C49');
    },
  );

  it('is named in a notice where its number comes again, also if it holds nothing new or is hidden', async () => {
    const rows = [full(1, 1, 2), full(2, 3, 4), full(2, 3, 4), full(3, 5, 6)].join('');
    const { warnings } = await inspectAndRead(
      await workbookSource({ sheets: [{ rows: rows.replace('<row r="3"', '<row r="3" hidden="1"') }] }),
      { headerRow: null },
    );
    expect(warnings).toEqual([
      '1 row is hidden in the workbook (row 4) and imported like the others.',
      'The workbook has more than one row with the number 2; from row 3 on, rows are counted in the order in which they stand.',
    ]);
  });

  it('is given out once, whatever position reading goes on from', async () => {
    const source = await workbookSource({
      sheets: [{ rows: Array.from({ length: 40 }, (_, i) => full(Math.floor(i / 2) + 1, i, -i)).join('') }],
    });
    for (let after = 1; after < 40; after++) {
      const left: Batch[] = [];
      for await (const batch of readXlsx(source, layout, { row: after, offset: null, line: after })) {
        left.push(batch);
      }
      const { rows, numbers } = outcome(left);
      expect(numbers).toEqual(Array.from({ length: 40 - after }, (_, i) => after + 1 + i));
      expect(rows[0]).toEqual([`${after}`, `${-after}`]);
    }
  });

  it('is rejected where one element has a cell twice, with different values', async () => {
    const cells = (...values: string[]) =>
      values.map((value) => `<c r="B2" t="inlineStr"><is><t>${value}</t></is></c>`).join('');
    for (const comment of ['', '<!-- strict -->']) {
      const { rows, problems } = outcome(
        await batchesOf(
          `${full(1, 1, 2)}<row r="2">${cells('x', 'y')}</row><row r="3">${cells('z', 'z')}</row>`,
          comment,
        ),
      );
      expect(rows).toHaveLength(3);
      expect(problems).toEqual([
        {
          row: 2,
          column: 1,
          value: 'y',
          code: 'cell-twice',
          reason: 'Cell B2 comes twice, with the values “x” and “y”.',
        },
      ]);
    }
  });

  it('has nothing to do with rows that are out of order', async () => {
    const numbered = (number: number) => `<row r="${number}"><c><v>${number}</v></c></row>`;
    const source = await workbookSource({ sheets: [{ rows: [5, 3, 3, 6, 5].map(numbered).join('') }] });
    const { rows, numbers } = await readSheet(source);
    expect([rows.flat(), numbers]).toEqual([
      ['5', '3', '3', '6', '5'],
      [5, 6, 7, 8, 9],
    ]);
  });
});
