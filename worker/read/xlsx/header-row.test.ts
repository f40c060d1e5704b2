import { describe, expect, it } from 'vitest';
import { readSheetTable } from './header-row';

function propose(...rows: string[][]) {
  const { headerRows, body, headerSure } = readSheetTable(
    rows.map((cells, index) => ({ row: index + 1, cells })),
    undefined,
  );
  const headerRow = headerRows[0]?.row ?? null;
  return { headerRow, firstRow: body[0]?.row ?? (headerRow ?? 0) + 1, sure: headerSure };
}

describe('the header row', () => {
  it('is the first row of text above other kinds', () => {
    expect(propose(['name', 'age'], ['Ada', '36'])).toEqual({ headerRow: 1, firstRow: 2, sure: true });
    expect(propose(['name', 'city'], ['Ada', 'London'])).toEqual({ headerRow: 1, firstRow: 2, sure: false });
    expect(propose(['only'])).toEqual({ headerRow: 1, firstRow: 2, sure: false });
  });

  it('comes after titles and notes', () => {
    const rows = [
      ['Report 2024'],
      ['made by', 'Ada'],
      ['id', 'name', 'paid', 'when'],
      ['1', 'x', 'TRUE', '2024-03-01'],
      ['2', 'y', 'FALSE', '2024-03-02'],
    ];
    expect(propose(...rows)).toEqual({ headerRow: 3, firstRow: 4, sure: false });
  });

  it('is found although it is repeated below, and has a year among its names', () => {
    const rows = [
      ['name', 'share', '2019'],
      ['a', '0.5', '12'],
      ['b', '0.1', '4'],
      ['name', 'share', '2019'],
      ['c', '0.7', '9'],
    ];
    expect(propose(...rows)).toEqual({ headerRow: 1, firstRow: 2, sure: true });
  });

  it('is missing where the first row is like the others', () => {
    expect(propose(['1', 'Ada', '36'], ['2', 'Bob', '41'])).toEqual({
      headerRow: null,
      firstRow: 1,
      sure: false,
    });
  });

  describe('over some of the columns only', () => {
    const top = ['', 'Total', 'Men', 'Women', 'Young', 'Old', 'Voters', '', '', ''];
    const body = Array.from({ length: 12 }, (_, i) => [
      `Answer ${i}`,
      ...Array.from({ length: 9 }, (_, column) => `0.${i}${column}`),
    ]);
    const below = (...cells: string[]) => ['', '', '', '', '', '', ...cells];

    it('goes on naming them', () => {
      expect(propose(top, below('North', 'East', 'South', 'West'), ...body)).toMatchObject({
        headerRow: 1,
        firstRow: 3,
      });
      // A workbook has no cells at the end of a row that is empty there.
      const short = top.slice(0, 7);
      expect(propose(short, below('North', 'East', 'South', 'West'), ...body)).toMatchObject({
        headerRow: 1,
        firstRow: 3,
      });
    });

    it.each([
      ['a mark for what is missing', below('n/a', 'n/a', 'n/a', 'n/a')],
      ['marks that come again below', below('n/a', 'few', 'none', 'hidden')],
      ['an answer of its own', ['Answer', '', '', '', '', '', 'few', 'many', 'some', 'more']],
      ['numbers', below('1', '2', '3', '4')],
    ])('is data: %s', (_, cells) => {
      const marked = [...body, ['Last', '1', '1', '1', '1', '1', '1', '1', 'none', '1']];
      expect(propose(top, cells, ...marked)).toMatchObject({ headerRow: 1, firstRow: 2 });
    });
  });
});
