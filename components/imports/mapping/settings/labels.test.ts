import { describe, expect, it } from 'vitest';
import { layoutWords } from './labels';

const text = { sheet: null, delimiter: ';', encoding: 'utf-8', headerRows: [3], convertedFrom: null };

describe('how a file is read, in one line', () => {
  it.each([
    [{}, 'Semicolons, UTF-8, header row 3'],
    [{ delimiter: 'fixed', headerRows: [] }, 'Fixed width, UTF-8, no header row'],
    [{ delimiter: '~', headerRows: [3, 4] }, '“~” between cells, UTF-8, header rows 3–4'],
    [
      { sheet: 'Prices', delimiter: null, encoding: null, convertedFrom: 'ods' as const },
      'Sheet “Prices”, header row 3, converted from an OpenDocument spreadsheet (.ods)',
    ],
  ])('%j', (layout, words) => {
    expect(layoutWords({ ...text, ...layout })).toBe(words);
  });
});
