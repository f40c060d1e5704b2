import { describe, expect, it } from 'vitest';
import { inspectXlsx } from './inspect';
import { inspectAndRead, workbookSource } from './testing/read-all';
import { failure, row, text } from './testing/small-workbooks';

describe('sheets', () => {
  const filled = row(text('a')) + row(text('b'));

  it('#30 hidden sheets are not proposed, and said so', async () => {
    const source = await workbookSource({
      sheets: [
        { name: 'Old', state: 'hidden', rows: filled },
        { name: 'Empty' },
        { name: 'New', rows: filled },
      ],
    });
    const { layout, warnings } = await inspectAndRead(source);
    expect(layout.sheet).toBe('New');
    expect(layout.sheets.map(({ state, hasRows }) => [state, hasRows])).toEqual([
      ['hidden', true],
      ['visible', false],
      ['visible', true],
    ]);
    expect(warnings).toEqual(['The workbook also has hidden sheets with rows: “Old”.']);
  });

  it('#31 the person chooses', async () => {
    const sheets = [
      { name: 'A', rows: filled },
      { name: 'B', rows: row(text('x')) },
      { name: 'Hid', state: 'veryHidden', rows: filled },
      { name: 'None' },
    ];
    const source = await workbookSource({ sheets });
    expect((await inspectAndRead(source)).layout.sheet).toBe('A');
    expect((await inspectAndRead(source, { sheet: 'B' })).columns).toEqual(['x']);
    expect((await inspectAndRead(source, { sheet: 'Hid' })).warnings).toEqual([
      'The sheet “Hid” is hidden in the workbook.',
    ]);
    expect(await failure(inspectXlsx(source, { sheet: 'C' }))).toEqual({
      reason: 'SHEET_NOT_FOUND',
      message: 'The workbook has no sheet named “C”. It has “A”, “B”, “Hid”, “None”.',
    });
    expect((await failure(inspectXlsx(source, { sheet: 'None' }))).reason).toBe('NO_ROWS');
  });

  it('a damaged sheet does not keep from reading another', async () => {
    const source = await workbookSource({
      sheets: [
        { name: 'Bad', xml: '<worksheet><sheetData><row>' },
        { name: 'Good', rows: filled },
      ],
    });
    const { layout, warnings } = await inspectAndRead(source);
    expect([layout.sheet, warnings]).toEqual(['Good', ['The sheet “Bad” cannot be read.']]);
    expect((await failure(inspectXlsx(source, { sheet: 'Bad' }))).reason).toBe('MALFORMED_FILE');
  });

  it('header only is a table without rows', async () => {
    const { columns, data, layout } = await inspectAndRead(
      await workbookSource({ sheets: [{ rows: row(text('a', 'b')) }] }),
    );
    expect([columns, data, layout.headerRow]).toEqual([['a', 'b'], [], 1]);
  });

  it('#47 #48 #49 #50 header names and place', async () => {
    const rows =
      row(text('Sales report')) +
      '<row/>' +
      row(text('name', ' name ', '', '__proto__')) +
      row(`${text('x', 'y')}<c><v>1</v></c>${text('z')}`);
    const source = await workbookSource({ sheets: [{ rows }] });
    const { columns, layout, data } = await inspectAndRead(source);
    expect(columns).toEqual(['name', 'name_2', 'column_3', '__proto__']);
    expect([layout.headerRow, layout.firstRow, data]).toEqual([3, 4, [['x', 'y', '1', 'z']]]);
    expect((await inspectAndRead(source, { headerRow: 1 })).columns[0]).toBe('Sales report');
    const none = await inspectAndRead(source, { headerRow: null });
    expect([none.columns[0], none.data.length]).toEqual(['column_1', 3]);
  });
});
