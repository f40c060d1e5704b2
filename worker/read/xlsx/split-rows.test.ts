import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localSource } from '../source/local-source';
import type { Batch, XlsxLayout } from '../source/types';
import { readXlsx } from './read';
import { cellName } from './sheet/cell-name';
import { inspectAndRead, readSheet, workbookSource } from './testing/read-all';
import { row, text } from './testing/small-workbooks';

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

  it('says so where a cell comes again with another value, and takes the last', async () => {
    const rows = `${row(text('a', 'b'))}<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row><row r="2"><c r="A2"/><c r="B2"><v>3</v></c></row>`;
    const { data, warnings } = await inspectAndRead(await workbookSource({ sheets: [{ rows }] }));
    expect(data).toEqual([['1', '3']]);
    expect(warnings).toEqual([
      'Cell B2 stands more than once in the workbook, with different values; the last one counts.',
    ]);
  });

  it('has nothing to do with rows that are out of order', async () => {
    const numbered = (number: number) => `<row r="${number}"><c><v>${number}</v></c></row>`;
    const source = await workbookSource({ sheets: [{ rows: [5, 3, 3, 6, 5].map(numbered).join('') }] });
    const { rows, numbers } = await readSheet(source);
    expect([rows.flat(), numbers]).toEqual([
      ['5', '3', '6', '5'],
      [5, 6, 7, 8],
    ]);
  });
});
