import { describe, expect, it } from 'vitest';
import { inferColumns } from '@/lib/shared/columns/infer/infer-column';
import { draftOf } from '../draft/draft';
import { suggestKey } from './suggest-key';

/** @param values of a row by its number */
function suggested(names: string[], values: (row: number) => string[], count = 20): string | null {
  const rows = Array.from({ length: count }, (_, i) => ({ row: i + 2, cells: values(i) }));
  const columns = draftOf(inferColumns(names, rows, null).columns);
  return suggestKey(columns, rows)?.name ?? null;
}

describe('the column that is likely to be a key', () => {
  it('is named like one, filled, and different in each row', () => {
    expect(suggested(['name', 'customer_id'], (i) => [`n${i}`, `${100 + i}`])).toBe('customer_id');
    expect(suggested(['OrderNo', 'total'], (i) => [`A-${i}`, `${i}`])).toBe('OrderNo');
    expect(suggested(['E-mail'], (i) => [`p${i}@example.com`])).toBe('E-mail');
  });

  it('is the surest of several', () => {
    expect(suggested(['Order number', 'ID'], (i) => [`${i}`, `${i + 7}`])).toBe('ID');
  });

  it('is none that is repeated, empty somewhere, or called otherwise', () => {
    expect(suggested(['id'], (i) => [`${i % 10}`])).toBeNull();
    expect(suggested(['id'], (i) => [i === 3 ? '' : `${i}`])).toBeNull();
    expect(suggested(['amount'], (i) => [`${i}`])).toBeNull();
    expect(suggested(['phone number', 'paid'], (i) => [`${55_000 + i}`, `${i}`])).toBeNull();
  });

  it('is none among decimals and dates, nor in a handful of rows', () => {
    expect(suggested(['id'], (i) => [`${i}.5`])).toBeNull();
    expect(suggested(['id'], (i) => [`2026-01-${10 + i}`])).toBeNull();
    expect(suggested(['id'], (i) => [`${i}`], 4)).toBeNull();
  });
});
