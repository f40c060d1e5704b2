import type { NumberedRow } from '@/lib/csv/sniff/header';
import { findTables } from '@/lib/csv/sniff/tables';

/** What stands above the data and will not be imported. */
export function placeWarnings(above: NumberedRow[], headerRows: NumberedRow[]): string[] {
  const warnings: string[] = [];
  if (above.length > 0) {
    warnings.push(`${range(above)} above the table ${above.length === 1 ? 'is' : 'are'} not imported.`);
  }
  if (headerRows.length > 1) warnings.push(`${range(headerRows)} together were taken for the header.`);
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

function range(rows: NumberedRow[]): string {
  const [first, last] = [rows[0]?.row ?? 0, rows.at(-1)?.row ?? 0];
  return first === last ? `Row ${first}` : `Rows ${first}–${last}`;
}
