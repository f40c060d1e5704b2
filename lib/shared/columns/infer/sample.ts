import { isBlank } from '@/lib/shared/blank';
import type { NumberedRow } from '@/lib/shared/csv/sniff/header';
import type { Filled } from './readings';

/** How many cells a whole row of a delimited text has. */
export interface RowWidths {
  fewest: number;
  most: number;
}

/**
 * The rows of a sample that will be stored, as far as that is known before types are: those of the table's width,
 * without error values or bytes that are no text. All of them where none is.
 * @param columns of the table
 * @param widths null for workbooks, whose rows just end with their last value
 */
export function storableRows(
  sample: NumberedRow[],
  columns: number,
  widths: RowWidths | null,
): NumberedRow[] {
  const storable = sample.filter(({ cells, faulty }) => {
    if (faulty) return false;
    if (widths && (cells.length < widths.fewest || cells.length > widths.most)) return false;
    return cells.slice(columns).every((cell) => cell === '');
  });
  return storable.length > 0 ? storable : sample;
}

/** The cells of a column that are not blank. */
export function filledCells(index: number, sample: NumberedRow[]): Filled[] {
  const filled: Filled[] = [];
  for (const { row, cells, numbers } of sample) {
    const value = cells[index];
    if (value === undefined || isBlank(value)) continue;
    filled.push({ row, value, isNumber: numbers?.has(index) ?? false });
  }
  return filled;
}
