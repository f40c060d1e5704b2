import { describe, expect, it } from 'vitest';
import { inferColumn } from '@/lib/shared/columns/infer/infer-column';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import { type DraftColumn, draftOf } from '../draft/draft';
import { contradictionOf } from './contradiction';

function contradiction(values: string[], type: ColumnType, chosen: Partial<DraftColumn>): string | null {
  const sample = values.map((value, i) => ({ row: i + 2, cells: [value] }));
  const proposal = inferColumn('Seen', 0, sample);
  const [column] = draftOf([proposal]);
  if (!column) throw new Error('There is no column.');
  return contradictionOf({ ...column, open: false, ...chosen }, proposal, type);
}

describe('what a file shows against what is chosen', () => {
  const dayFirst = ['01/02/2025', '31/12/2025'];
  it('an order of dates that a row disproves', () => {
    expect(contradiction(dayFirst, 'DATE', { dateOrder: 'MDY' })).toBe(
      'Row 3 = “31/12/2025” proves day first. But month first is chosen for “Seen”.',
    );
    expect(contradiction(dayFirst, 'DATETIME', { dateOrder: null })).toMatch(/But only ISO 8601/);
    expect(contradiction(dayFirst, 'DATE', { dateOrder: 'DMY' })).toBeNull();
  });

  it('a decimal separator that the values do not have', () => {
    expect(contradiction(['1,5', '2'], 'DECIMAL', { decimalSign: '.' })).toBe(
      'Both values are numbers with a decimal comma, such as row 2 = “1,5”. But the decimal point is chosen for “Seen”.',
    );
    expect(contradiction(['1.5', '2'], 'DECIMAL', { decimalSign: ',' })).toMatch(/But the decimal comma/);
    expect(contradiction(['1,5'], 'DECIMAL', { decimalSign: ',' })).toBeNull();
    expect(contradiction(['1.5'], 'DECIMAL', { decimalSign: null })).toBeNull();
  });

  it('what is only suggested, since a few values do not fit', () => {
    const amounts = [...Array.from({ length: 30 }, (_, i) => `${i},5`), 'much'];
    expect(contradiction(amounts, 'DECIMAL', { decimalSign: '.' })).toMatch(
      /But the decimal point is chosen for “Seen”\.$/,
    );
    expect(contradiction(amounts, 'DECIMAL', { decimalSign: ',' })).toBeNull();
  });

  it('nothing where the file decides nothing, or the question is still open, or the column is left out', () => {
    expect(contradiction(['01/02/2025'], 'DATE', { dateOrder: 'MDY' })).toBeNull();
    expect(contradiction(['1', '2'], 'DECIMAL', { decimalSign: ',' })).toBeNull();
    expect(contradiction(dayFirst, 'TEXT', { dateOrder: null })).toBeNull();
    expect(contradiction(dayFirst, 'DATE', { dateOrder: 'MDY', open: true })).toBeNull();
    expect(contradiction(dayFirst, 'DATE', { dateOrder: 'MDY', included: false })).toBeNull();
  });
});
