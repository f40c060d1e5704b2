import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MiB } from '@/lib/shared/bytes';
import { inspectXlsx } from './inspect';
import { cellName, columnLetters } from './sheet/cell-name';
import { inspectAndRead, workbookSource } from './testing/read-all';
import { row, text } from './testing/small-workbooks';

/** A header and that many rows of three cells. */
function orders(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => `<row><c><v>${i}</v></c>${text('Bolt', 'x')}</row>`);
  return row(text('id', 'item', 'note')) + rows.join('');
}

const cover = row(text('Sales report')) + row(text('Made for the board')) + row(text('2024'));

describe('the sheet with the most data', () => {
  it('is proposed, with its numbers, and not the cover before it', async () => {
    const source = await workbookSource({
      sheets: [
        { name: 'Cover', rows: cover },
        { name: 'Lists', rows: row(text('EUR')) + row(text('USD')) },
        { name: 'Orders', rows: orders(3_213) },
        { name: 'Old', state: 'hidden', rows: orders(9_000) },
        { name: 'Empty' },
      ],
    });
    const { layout, columns, warnings } = await inspectAndRead(source);
    expect([layout.sheet, columns]).toEqual(['Orders', ['id', 'item', 'note']]);
    expect(layout.sheets.map(({ name, extent }) => [name, extent])).toEqual([
      ['Cover', { rows: 3, columns: 1, isExact: true }],
      ['Lists', { rows: 2, columns: 1, isExact: true }],
      ['Orders', { rows: 3_214, columns: 3, isExact: true }],
      ['Old', { rows: 9_001, columns: 3, isExact: true }],
      ['Empty', undefined],
    ]);
    expect(warnings).toEqual([
      'The sheet “Orders” (3,214 rows, 3 columns) is read, since it has the most data. “Cover” (3 rows, 1 column), “Lists” (2 rows, 1 column) also have rows.',
      'The workbook also has hidden sheets with rows: “Old”.',
    ]);
    expect((await inspectAndRead(source, { sheet: 'Cover' })).warnings.join()).not.toContain('most data');
  });

  it('is found though another is larger by its blank, styled cells; of two alike, the first is taken', async () => {
    const blank = Array.from({ length: 5_000 }, () => '<row><c s="1"/><c s="1"/><c s="1"/><c s="1"/></row>');
    const source = await workbookSource({
      sheets: [
        { name: 'Styled', rows: row(text('a')) + blank.join('') },
        { name: 'May', rows: orders(50) },
        { name: 'June', rows: orders(50) },
      ],
    });
    expect((await inspectAndRead(source)).layout.sheet).toBe('May');
  });

  it('is told by an estimate where sheets are too large to be counted', async () => {
    const rows = (count: number) =>
      (function* () {
        for (let i = 0; i < count; i += 1_000)
          yield '<row><c><v>1.2345678</v></c><c><v>2</v></c></row>'.repeat(1_000);
      })();
    const source = await workbookSource({
      sheets: [
        { name: 'Large', rows: rows(300_000) },
        { name: 'Larger', rows: rows(400_000) },
      ],
    });
    const { layout, warnings } = await inspectXlsx(source);
    if (layout.format !== 'xlsx') throw new Error('not a workbook');
    expect([layout.sheet, layout.sheets[1]?.extent]).toEqual([
      'Larger',
      { rows: 400_000, columns: 2, isExact: false },
    ]);
    expect(warnings[0]).toContain('“Larger” (about 400,000 rows, 2 columns) is read');
  });

  it('is the one that was meant, also where it is damaged further on', async () => {
    const xml = `<worksheet><sheetData>${orders(500)}<row><c r="?!"`;
    const source = await workbookSource({
      sheets: [
        { name: 'Cover', rows: cover },
        { name: 'Orders', xml },
      ],
    });
    await expect(inspectAndRead(source)).rejects.toMatchObject({ reason: 'MALFORMED_FILE' });
  });
});

describe('hidden rows and columns', () => {
  it('are named, and are data', async () => {
    const hidden = new Set([3, 5, 6, 9]);
    const rows = Array.from({ length: 10 }, (_, i) => {
      const number = i + 1;
      const cells =
        number === 1
          ? text('id', 'item', 'pay', '', 'note')
          : `<c><v>${number}</v></c>${text('a', 'b', '', 'c')}`;
      return `<row r="${number}"${hidden.has(number) ? ' hidden="1"' : ''}>${cells}</row>`;
    }).join('');
    // A program hides everything to the right of a table as well, and the empty column.
    const columns = '<cols><col min="3" max="4" hidden="1"/><col min="6" max="16384" hidden="1"/></cols>';
    const source = await workbookSource({
      sheets: [
        { xml: `<worksheet>${columns}<sheetData>${rows}<row r="40" hidden="1"/></sheetData></worksheet>` },
      ],
    });
    const { data, warnings } = await inspectAndRead(source);
    expect(data).toHaveLength(9);
    expect(warnings.filter((warning) => warning.includes('hidden'))).toEqual([
      '4 rows are hidden in the workbook (rows 3, 5–6, 9) and imported like the others.',
      '1 column is hidden in the workbook (C “pay”) and imported like the others.',
    ]);
  });

  it('are named whichever they are', async () => {
    const places = fc.uniqueArray(fc.integer({ min: 2, max: 60 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        places,
        fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 5 }),
        async (rows, columns) => {
          const markup = Array.from({ length: 60 }, (_, i) => {
            const number = i + 1;
            const cells = Array.from({ length: 8 }, (_, column) =>
              number === 1 ? text(`n${column}`) : `<c r="${cellName(column, number)}"><v>${number}</v></c>`,
            );
            return `<row r="${number}"${rows.includes(number) ? ' hidden="true"' : ''}>${cells.join('')}</row>`;
          });
          const cols = columns
            .toSorted((a, b) => a - b)
            .map((column) => `<col min="${column + 1}" max="${column + 1}" width="9" hidden="1"/>`);
          const xml = `<worksheet><cols>${cols.join('')}</cols><sheetData>${markup.join('')}</sheetData></worksheet>`;
          const { warnings } = await inspectXlsx(await workbookSource({ sheets: [{ xml }] }));
          const said = warnings.filter((warning) => warning.includes('hidden')).join('\n');
          expect(said).toContain(`${rows.length} row${rows.length === 1 ? ' is' : 's are'} hidden`);
          expect(said).toMatch(new RegExp(`rows? ${Math.min(...rows)}\\b`));
          if (columns.length === 0) {
            expect(said).not.toContain('column');
            return;
          }
          const [first = 0] = columns.toSorted((a, b) => a - b);
          expect(said).toContain(`${columns.length} column${columns.length === 1 ? ' is' : 's are'} hidden`);
          expect(said).toContain(`${columnLetters(first)} “n${first}”`);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are said to be among the first rows where not all were looked at', async () => {
    const rows = (function* () {
      yield row(text('a', 'b'));
      yield `<row hidden="1"><c><v>1</v></c><c><v>2</v></c></row>`;
      for (let i = 0; i < 300; i++) yield '<row><c><v>1.2345678</v></c><c><v>2</v></c></row>'.repeat(1_000);
    })();
    const { warnings } = await inspectXlsx(await workbookSource({ sheets: [{ rows }] }));
    expect(warnings).toContainEqual(
      expect.stringMatching(/^1 row is hidden in the workbook among the first [\d,]+ rows \(row 2\)/),
    );
  });

  it('are named in any sheet, whatever stands in those that are looked into before it', async () => {
    // 8 MiB of each of eight sheets is all that is looked at of a workbook whose sheet nobody chose.
    const blank = '<row><c s="1"/></row>'.repeat(Math.ceil((9 * MiB) / 21));
    const blanks = Array.from({ length: 8 }, (_, i) => ({ name: `Blank ${i}`, rows: blank }));
    const data = `${row(text('a', 'b'))}<row hidden="1"><c><v>1</v></c><c><v>2</v></c></row>`;
    const source = await workbookSource({
      sheets: [
        ...blanks,
        { name: 'Data', rows: data },
        { name: 'Other', rows: row(text('c')) + row(text('d')) },
      ],
    });
    for (const choices of [{}, { sheet: 'Data' }]) {
      const { layout, warnings } = await inspectXlsx(source, choices);
      if (layout.format !== 'xlsx') throw new Error('not a workbook');
      expect(layout.sheet).toBe('Data');
      expect(layout.sheets.find(({ name }) => name === 'Data')?.extent).toEqual({
        rows: 2,
        columns: 2,
        isExact: true,
      });
      expect(warnings).toContain('1 row is hidden in the workbook (row 2) and imported like the others.');
    }
  });
});
