import { isBlankRow } from '../blank';

/** What a file has at its top, from its first rows and where its table was found. Safe in a browser. */
interface Top {
  top: { row: number; cells: string[] }[];
  headerRow: number | null;
  firstRow: number;
}

/** The rows that name the columns: one as a rule, none where there is no header. */
export function headerRowsOf({ top, headerRow, firstRow }: Top): number[] {
  if (headerRow === null) return [];
  const more = top.filter(({ row, cells }) => row > headerRow && row < firstRow && !isBlankRow(cells));
  return [headerRow, ...more.map(({ row }) => row)];
}

/** How many rows with something in them stand above the table. */
export function rowsAbove({ top, headerRow, firstRow }: Top): number {
  return top.filter(({ row, cells }) => row < (headerRow ?? firstRow) && !isBlankRow(cells)).length;
}

/** “Row 1” or “Rows 1–2”. */
export function rowRange(rows: number[]): string {
  const [first, last] = [rows[0] ?? 0, rows.at(-1) ?? 0];
  return first === last ? `Row ${first}` : `Rows ${first}–${last}`;
}

/** Says that several rows name the columns; a page has buttons beside it. */
export const headerRowsNote = (rows: number[]) => `${rowRange(rows)} name the columns together.`;
