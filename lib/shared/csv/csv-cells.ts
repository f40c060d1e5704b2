/** CSV of one record (RFC 4180): quoted only where it must be, so that a round trip gives the same bytes. */
export function csvRecord(cells: (string | null)[]): string {
  return `${cells.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`;
}

/** One cell of a record. */
export function csvCell(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * OWASP “CSV injection”: spreadsheet programs may run a cell that begins with = + - @, tab or a line break. Some skip
 * leading spaces, and some accept the full-width form (＝) of the sign.
 */
const formulaStart = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

/** A plain number is safe; an apostrophe would make it text. */
const plainNumber = /^ *[+-]?[\d.,]+(?:[eE][+-]?\d+)?%?$/;

/** Puts an apostrophe in front of a cell that a spreadsheet program may run as a formula. */
export function escapeFormula(cell: string): string {
  return formulaStart.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell;
}
