import type { Dialect } from '../dialect';
import { parseExactly } from '../parse-exactly';
import { type CellKind, cellKind } from './cell-kind';

/** How well a dialect explains a sample. */
export interface Score {
  value: number;
  /** The usual number of cells in a row. */
  width: number;
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

/**
 * Scores a dialect between 0 and 1: rows of one width, cells that look like something, quotes that obey.
 *
 * @param whole whether the sample is the whole file; else its last record may be cut off
 */
export function score(sample: string, dialect: Dialect, whole: boolean): Score {
  const piece = parseExactly(sample, dialect, whole, 1);
  const { rows } = piece;
  if (rows.length === 0) return { value: 0, width: 0 };
  // A quote that is never closed explains only what comes before it.
  const explained =
    piece.openQuote === null ? 1 : whole ? 0.2 * (piece.end / sample.length) : piece.end / sample.length;
  const width = usualWidth(rows);
  const regular = rows.filter((cells) => cells.length === width);
  const consistency = regular.length / rows.length;
  const obedience = 1 - piece.badQuotes.length / rows.length;
  const shape = width === 1 ? oneColumn : (width - 1) / width;
  const value = consistency ** 1.5 * shape * meaning(regular) * obedience ** 2 * explained;
  return { value, width };
}

/** The most frequent width; of two equally frequent ones the greater. */
export function usualWidth(rows: string[][]): number {
  const counts = new Map<number, number>();
  for (const cells of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width] = [...counts].reduce((best, next) =>
    next[1] > best[1] || (next[1] === best[1] && next[0] > best[0]) ? next : best,
  );
  return width;
}

/** How much of the cells looks like something: a name, a number, a date; not like half of a cell or like two. */
function meaning(rows: string[][]): number {
  let sum = 0;
  let count = 0;
  for (const cells of rows) {
    for (const cell of cells) {
      sum += cellWorth(cell);
      count++;
    }
    if (count >= cellsLookedAt) break;
  }
  return count === 0 ? 0 : sum / count;
}

function cellWorth(cell: string): number {
  const kind = cellKind(cell);
  if (kind !== 'text') return worth[kind];
  // Quotes at an edge: the cell was torn out of a quoted one, or its quotes were not understood.
  if (/^\s*"|"\s*$/.test(cell)) return /^\s*".*"\s*$/s.test(cell) ? 0 : 0.2;
  if (/^\s*'.*'\s*$/s.test(cell)) return 0.2;
  if (/[;|\t]|,(?! )/.test(cell)) return 0.35;
  return worth.text;
}
