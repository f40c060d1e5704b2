import type { NumberedRow } from './header';

/** A stretch of rows of one width. */
export interface Table {
  /** Row number of its first row, whether header or data. */
  firstRow: number;
  columns: number;
}

/** Fewer rows of another width are ragged rows or notes, not a table. */
const rowsMin = 3;

/**
 * The tables a sample seems to hold: stretches of at least three rows that differ in width, by more than the
 * one cell that ragged rows have too many or too few, or with a blank line between them.
 */
export function findTables(rows: NumberedRow[]): Table[] {
  const tables: Table[] = [];
  let start = 0;
  for (let i = 1; i <= rows.length; i++) {
    const width = rows[start]?.cells.length ?? 0;
    if (rows[i]?.cells.length === width) continue;
    const last = tables.at(-1);
    const firstRow = rows[start]?.row ?? 0;
    const apart = last === undefined || firstRow > (rows[start - 1]?.row ?? 0) + 1;
    const different = last === undefined || Math.abs(last.columns - width) > (apart ? 0 : 1);
    if (i - start >= rowsMin && width > 1 && different) tables.push({ firstRow, columns: width });
    start = i;
  }
  return tables;
}
