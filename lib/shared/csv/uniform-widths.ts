import { cells } from './sniff/header-votes';
import { usualWidth } from './sniff/score';

/** How many cells the rows of a table may have, and what its columns are called. */
export interface Widths {
  /** Names of the columns as they stand in the file: as many as there are columns. */
  header: string[];
  /** Rows with fewer cells are incomplete. Less than the columns where all rows lack the last ones. */
  fewest: number;
  /** Rows with more cells have one too many. More than the columns where rows end with a delimiter. */
  most: number;
  /** What a person should know of it; of a workbook none, which has no cells but those with a value. */
  warnings: string[];
}

/** So many rows have to be alike, or it is no layout but a fault of some of them. */
const uniformShare = 0.75;
const fewestRows = 2;

/**
 * Finds out whether header and rows differ in width, or end with empty cells, in one and the same way all along.
 * What only some rows have is their fault.
 *
 * @param header the names, empty where the file has none
 * @param body the rows below
 */
export function uniformWidths(header: string[], body: string[][]): Widths {
  const usual = usualWidth(body.map((row) => row.length));
  const alike = body.filter((row) => row.length === usual);
  const uniform = body.length >= fewestRows && alike.length >= body.length * uniformShare;
  // Without names nothing tells an empty last column from a delimiter.
  if (header.length === 0) {
    return { header: Array<string>(Math.max(0, usual)).fill(''), fewest: usual, most: usual, warnings: [] };
  }
  if (!uniform || usual === header.length) return withoutTail(header, body);

  const named = cells.trimmed(header).length;
  const filled = Math.max(...alike.map((row) => cells.trimmed(row).length));
  if (usual > header.length) {
    if (filled <= header.length)
      return withoutTail([...header, ...Array<string>(usual - header.length).fill('')], body);
    const missing = usual - header.length;
    return missing === 1
      ? {
          header: ['', ...header],
          fewest: usual,
          most: usual,
          warnings: [
            'The header has one name less than the rows have cells, so the first column is taken for row names.',
          ],
        }
      : {
          header: [...header, ...Array<string>(missing).fill('')],
          fewest: usual,
          most: usual,
          warnings: [
            `The header has ${missing} names less than the rows have cells; the last columns have no name.`,
          ],
        };
  }
  // The header ends with delimiters that the rows do not have.
  if (named <= usual) return { header: header.slice(0, usual), fewest: usual, most: usual, warnings: [] };
  const lacking = header.slice(usual, named).map((name) => `“${name.trim()}”`);
  return {
    header: header.slice(0, named),
    fewest: usual,
    most: named,
    warnings: [
      `Every row has ${usual} of ${named} cells, so ${lacking.length === 1 ? 'the last column' : 'the last columns'} (${lacking.join(', ')}) will be empty.`,
    ],
  };
}

/** Leaves out columns at the end that have neither a name nor a value: delimiters that end header or rows. */
function withoutTail(header: string[], body: string[][]): Widths {
  const width = header.length;
  const named = cells.trimmed(header).length;
  const used = body.reduce(
    (most, row) => (row.length > width ? most : Math.max(most, cells.trimmed(row).length)),
    named,
  );
  const kept = body.length < fewestRows || used === 0 ? width : used;
  const longer = body.filter((row) => row.length > kept);
  const ended = longer.filter((row) => row.slice(kept).every((cell) => cell === ''));
  const most = Math.max(kept, ...ended.map((row) => row.length));
  const usually = kept < width || ended.length > body.length / 2;
  return {
    header: header.slice(0, kept),
    fewest: kept,
    most: usually ? most : kept,
    warnings:
      usually && most > kept
        ? [
            most - kept === 1
              ? 'The rows end with a delimiter; the empty column behind it is left out.'
              : `The rows end with ${most - kept} delimiters; the empty columns behind them are left out.`,
          ]
        : [],
  };
}
