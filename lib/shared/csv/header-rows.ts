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

/** Pieces of a range that are told one by one. */
const mostPieces = 6;

/** “Row 1”, “Rows 1–2”, or “Rows 1–3, 5” where row 4 is none of them; of many such pieces, from where to where. */
export function rowRange(rows: number[]): string {
  const [first = 0, last = first] = [rows[0], rows.at(-1)];
  if (first === last) return `Row ${first}`;
  const runs: [number, number][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && row === run[1] + 1) run[1] = row;
    else runs.push([row, row]);
  }
  if (runs.length > mostPieces) return `Rows ${first}–${last}`;
  return `Rows ${runs.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(', ')}`;
}

/** Says that several rows name the columns; a page has buttons beside it. */
export const headerRowsNote = (rows: number[]) => `${rowRange(rows)} name the columns together.`;
