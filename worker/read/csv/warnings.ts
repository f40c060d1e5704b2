import { isBlankRow } from '@/lib/shared/blank';
import { headerRowsNote, rowRange } from '@/lib/shared/csv/header-rows';
import type { NumberedRow } from '@/lib/shared/csv/sniff/header';
import { findTables } from '@/lib/shared/csv/sniff/tables';

/** What stands above the data and will not be imported. */
export function placeWarnings(above: NumberedRow[], headerRows: NumberedRow[]): string[] {
  const warnings: string[] = [];
  // As they are counted in the receipt: without the blank ones.
  const filled = above.filter(({ cells }) => !isBlankRow(cells));
  if (filled.length > 0) {
    warnings.push(
      `${rowRange(numbersOf(filled))} above the table ${filled.length === 1 ? 'is' : 'are'} not imported.`,
    );
  }
  if (headerRows.length > 1) warnings.push(headerRowsNote(numbersOf(headerRows)));
  return warnings;
}

/** Whether the rows seem to be of more than one table. */
export function tableWarnings(rows: NumberedRow[]): string[] {
  const tables = findTables(rows);
  const second = tables[1];
  if (second === undefined) return [];
  return [
    `The file seems to hold ${tables.length} tables; another, of ${second.columns} columns, begins on row ${second.firstRow}.`,
  ];
}

const numbersOf = (rows: NumberedRow[]) => rows.map(({ row }) => row);
