import { describe, expect, it } from 'vitest';
import { inferColumn } from '@/lib/shared/columns/infer/infer-column';
import { chooseColumns } from './choose-columns';

const proposed = (...values: string[]) => {
  const sample = values.map((value, i) => ({ row: i + 2, cells: [value] }));
  return { columns: [inferColumn('c', 0, sample)] };
};

describe('what is said for a whole file decides on its columns', () => {
  it('dates that can be read both ways stay text with a warning, unless their order is said', () => {
    const dates = proposed('03/04/2026', '05/06/2026');
    const silent = chooseColumns(dates, { types: 'infer' });
    expect(silent.columns).toMatchObject([{ index: 0, name: 'c', type: 'TEXT' }]);
    expect(silent.warnings).toEqual([expect.stringMatching(/“c” stays text.*--date-order/)]);
    for (const dateOrder of ['DMY', 'MDY'] as const) {
      const said = chooseColumns(dates, { types: 'infer', dateOrder });
      expect(said).toMatchObject({ columns: [{ type: 'DATE', dateOrder }], warnings: [] });
    }
  });

  it('what is suggested is told, and taken with --accept', () => {
    const money = proposed('1.200,50 €', '1.201,50 €');
    const silent = chooseColumns(money, { types: 'infer' });
    expect(silent.columns).toMatchObject([{ type: 'TEXT' }]);
    expect(silent.warnings).toEqual([expect.stringMatching(/“c” stays text\. Both values are .*--accept/)]);
    expect(chooseColumns(money, { types: 'infer', accept: true })).toMatchObject({
      columns: [{ type: 'DECIMAL', decimalSign: ',', format: { currency: true } }],
      warnings: [],
    });
    expect(chooseColumns(proposed('5-', '12'), { types: 'infer', accept: true }).columns).toMatchObject([
      { type: 'INTEGER', format: { negativeSigns: true } },
    ]);
    // What both orders fit is not accepted blindly.
    const open = chooseColumns(proposed('03/04/26', '05/06/26'), { types: 'infer', accept: true });
    expect(open.columns).toMatchObject([{ type: 'TEXT' }]);
    expect(open.warnings).toEqual([expect.stringContaining('--date-order')]);
  });

  it('words that may stand for nothing are counted, and are empty cells where that is said', () => {
    const sample = ['Ann B.', 'null', '\\N', 'null'].map((value, i) => ({ row: i + 2, cells: [value] }));
    const words = { columns: [inferColumn('c', 0, sample)], sample };
    expect(chooseColumns(words, { types: 'infer' }).warnings).toEqual([
      "In the first rows, “null” (2 times), “\\N” (once) may stand for nothing, and are kept as text. To have empty cells instead, use --empty 'null' --empty '\\N'.",
    ]);
    expect(chooseColumns(words, { types: 'infer', empty: ['null', '\\N'] })).toMatchObject({
      columns: [{ type: 'TEXT', format: { empty: ['null', '\\N'] } }],
      warnings: [],
    });
    const numbers = proposed('1', 'NULL', '3');
    expect(chooseColumns(numbers, { types: 'infer', empty: ['null'] })).toMatchObject({
      columns: [{ type: 'INTEGER', format: { empty: ['NULL', 'null'] } }],
      warnings: [],
    });
  });

  it('an order that the file contradicts changes nothing', () => {
    const dates = proposed('31/12/2026', '05/06/2026');
    expect(chooseColumns(dates, { types: 'infer', dateOrder: 'MDY' }).columns).toMatchObject([
      { type: 'DATE', dateOrder: 'DMY' },
    ]);
  });

  it('a suggested reading is taken where the decimal separator that was said is its own', () => {
    const money = proposed('1.234,50 €', '7.000,10 €');
    expect(money.columns[0]).toMatchObject({ type: 'TEXT', suggestion: { type: 'DECIMAL' } });
    expect(chooseColumns(money, { types: 'infer' }).columns).toMatchObject([{ type: 'TEXT' }]);
    expect(chooseColumns(money, { types: 'infer', decimalSign: '.' }).columns).toMatchObject([
      { type: 'TEXT' },
    ]);
    expect(chooseColumns(money, { types: 'infer', decimalSign: ',' }).columns).toMatchObject([
      { type: 'DECIMAL', decimalSign: ',', format: { currency: true } },
    ]);
  });

  it('a group of three digits is a thousand or a fraction, as was said', () => {
    for (const values of [
      ['1,234', '12,500'],
      ['$1,234', '$12,500'],
    ]) {
      const people = proposed(...values);
      expect(chooseColumns(people, { types: 'infer' }).columns).toMatchObject([{ type: 'TEXT' }]);
      for (const decimalSign of ['.', ','] as const) {
        expect(chooseColumns(people, { types: 'infer', decimalSign }).columns).toMatchObject([
          { type: 'DECIMAL', decimalSign, format: { grouping: true } },
        ]);
      }
    }
  });

  it('a type that not all values fit is said to be one', () => {
    const numbers = Array.from({ length: 398 }, (_, i) => String(i));
    expect(chooseColumns(proposed(...numbers, 'a', 'b', 'c'), { types: 'infer' })).toMatchObject({
      columns: [{ type: 'INTEGER' }],
      warnings: ["“c”: Whole number: 398 fit, 3 don't (row 400 = “a”)."],
    });
  });

  it('text on request, whatever else is said', () => {
    const dates = proposed('31/12/2026');
    expect(chooseColumns(dates, { types: 'text', dateOrder: 'DMY' })).toEqual({
      columns: [{ index: 0, name: 'c', type: 'TEXT' }],
      warnings: [],
    });
  });
});
