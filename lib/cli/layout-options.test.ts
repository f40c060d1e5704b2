import { expect, it } from 'vitest';
import { layoutChoices } from './layout-options';

it('a header row that cannot be is answered with what can', () => {
  for (const row of ['0', 'first', '2-1', '1-12', '']) {
    expect(() => layoutChoices({ 'header-row': row })).toThrow(
      `“${row}” cannot be used for --header-row. Give a row number (1 or more), a few rows such as 1-2, or “none”.`,
    );
  }
  expect(layoutChoices({ 'header-row': '2-3' })).toEqual({ headerRow: 2, headerRows: 2 });
});
