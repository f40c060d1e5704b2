const special = /[",\r\n]/;

/**
 * One record as RFC 4180 text: comma, double quotes where needed, a line feed at its end.
 *
 * @param width short rows are padded with empty cells up to it; longer ones keep every cell
 */
export function csvLine(cells: string[], width: number): string {
  const padded =
    cells.length < width ? [...cells, ...new Array<string>(width - cells.length).fill('')] : cells;
  // A lone empty cell would be a blank line, which is no record.
  if (padded.length === 1 && padded[0] === '') return '""\n';
  return `${padded.map((cell) => (special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}
