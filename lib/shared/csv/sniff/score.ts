import type { Dialect } from '../dialect';
import { parseExactly } from '../parse-exactly';
import { type CellKind, cellKind } from './cell-kind';

/** How well a dialect explains a sample. */
export interface Score {
  value: number;
  /** The usual number of cells in a row. */
  width: number;
  /** Whether nearly every quote that opens a cell also closes it by the rules. */
  lawful: boolean;
  quotedCells: number;
  /** Share of the rows in which a quote breaks the rules. */
  offending: number;
  /** Whether a quote opens in the first record and is never closed. */
  unclosedAtOnce: boolean;
}

/** Cells looked at for their kinds: more changed no choice over the test files. */
const cellsLookedAt = 3_000;

const worth: Record<CellKind, number> = {
  number: 1,
  date: 1,
  time: 1,
  boolean: 0.95,
  address: 1,
  code: 0.9,
  text: 0.85,
  empty: 0.55,
};

/** One column explains everything and nothing: it wins only if no delimiter makes a table. */
const oneColumn = 0.3;
/** Dates and times hold what could be delimiters; as one column they are worth more. */
const oneColumnOfTimes = 0.6;

/**
 * Scores a dialect between 0 and 1: rows of one width, cells that look like something, quotes that obey.
 *
 * @param whole whether the sample is the whole file; else its last record may be cut off
 */
export function score(sample: string, dialect: Dialect, whole: boolean): Score {
  const piece = parseExactly(sample, dialect, whole, 1);
  const { rows } = piece;
  if (rows.length === 0) {
    return {
      value: 0,
      width: 0,
      lawful: false,
      quotedCells: 0,
      offending: 0,
      unclosedAtOnce: piece.openQuote !== null,
    };
  }
  const width = usualWidth(rows.map((cells) => cells.length));
  const regular = rows.filter((cells) => cells.length === width);
  const cut = rows.filter((cells) => cells.length > 1).length / rows.length;
  const consistency =
    width === 1 ? regular.length / rows.length : 0.7 * (regular.length / rows.length) + 0.3 * cut;
  const offences = piece.badQuotes.length;
  const obedience = (piece.quotedCells + 1) / (piece.quotedCells + offences + 1);
  // An apostrophe that is never closed was none but an apostrophe. A double quote is a fault to be reported,
  // so it does not count against the dialect.
  const open = piece.openQuote !== null && dialect.quote === "'" ? 0.2 : 1;
  const value = consistency ** 1.5 * shape(width, regular) * meaning(regular) * obedience * open;
  return {
    value,
    width,
    lawful: dialect.escape !== null && obedience > 0.75,
    quotedCells: piece.quotedCells,
    offending: offences / rows.length,
    unclosedAtOnce: false,
  };
}

/**
 * The width of the table: the most frequent one, where wide rows weigh somewhat more than narrow ones, since
 * titles and notes are narrow.
 */
export function usualWidth(widths: number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const most = Math.max(...counts.values());
  let best = 0;
  let bestWeight = -1;
  for (const [width, count] of counts) {
    const weight = count * Math.sqrt(width);
    const eligible = count === most || (count > 1 && count >= widths.length * 0.2);
    if (eligible && (weight > bestWeight || (weight === bestWeight && width > best))) {
      best = width;
      bestWeight = weight;
    }
  }
  return best;
}

function shape(width: number, rows: string[][]): number {
  if (width > 1) return (width - 1) / width;
  // One that holds a usual delimiter may as well be two cells: a URL and a number behind a comma.
  const times = rows.filter(
    ([cell = '']) => ['date', 'time', 'address'].includes(cellKind(cell)) && !/[,;|\t]/.test(cell),
  ).length;
  return oneColumn + (oneColumnOfTimes - oneColumn) * (times / rows.length);
}

/** How much of the cells looks like something: a name, a number, a date; not like half of a cell or like two. */
function meaning(rows: string[][]): number {
  let sum = 0;
  let count = 0;
  for (const cells of rows) {
    for (const cell of cells) {
      sum += cellWorth(cell, cells.length);
      count++;
    }
    if (count >= cellsLookedAt) break;
  }
  return count === 0 ? 0 : sum / count;
}

function cellWorth(cell: string, width: number): number {
  const kind = cellKind(cell);
  // 10,100 may be a number or two of them.
  if (kind === 'number') return width === 1 && /[,;]/.test(cell) ? 0.5 : worth.number;
  if (kind !== 'text') return worth[kind];
  // Quotes at an edge: the cell was torn out of a quoted one, or its quotes were not understood.
  if (/^\s*"|"\s*$/.test(cell)) return /^\s*".*"\s*$/s.test(cell) ? 0 : 0.2;
  if (/^\s*'.*'\s*$/s.test(cell)) return 0.2;
  if (/[;|\t]|,(?! )/.test(cell)) return 0.35;
  // Nothing but what delimiters are made of.
  if (/^[~^|;:,@<>\\]+$/.test(cell)) return 0.1;
  // The comma of a sentence.
  if (cell.startsWith(' ')) return 0.6;
  return worth.text;
}
