import { readTable, type Table } from '@/lib/shared/csv/read-table';
import type { NumberedRow } from '@/lib/shared/csv/sniff/header';
import { mostTableColumns } from '@/lib/shared/most-table-columns';

/**
 * Takes the first rows of a sheet apart as those of a text are. A workbook has no cells after the last one with a
 * value, so its rows are filled up first.
 * @param rows the first rows that have a value; at least one
 * @param chosen row number of the header as a person said it; null: there is none
 */
export function readSheetTable(
  rows: NumberedRow[],
  chosen: number | null | undefined,
  chosenRows?: number,
): Table {
  // What looks for the header sees cells that a workbook leaves out, as far as a dataset could have them.
  const width = Math.min(
    mostTableColumns,
    rows.reduce((most, { cells }) => Math.max(most, cells.length), 0),
  );
  const even = rows.map(({ row, cells }) => ({
    row,
    cells: [...cells, ...Array<string>(Math.max(0, width - cells.length)).fill('')],
  }));
  // Without a header every row that has a value is data, titles above the table too: only a person takes them away.
  return chosen === null
    ? { ...readTable(even, null), above: [], body: even }
    : readTable(even, chosen, chosenRows);
}
