import type { z } from 'zod';
import { MiB } from '@/lib/shared/bytes';
import type { dialect } from '../schema/import/stored-import';

/** How to cut text into cells: the part of a layout that says so. */
export type Dialect = z.infer<typeof dialect>;

/** What stands for the delimiter of a text whose columns begin at fixed places. */
export const fixedWidth = 'fixed';

/** Characters in one record. A missing quote otherwise swallows the file. */
export const recordCharacters = MiB;

/** A record whose quotes do not follow the rules. Its cells are the likeliest reading. */
export interface BadQuotes {
  /** Index into the piece's rows. */
  at: number;
  /** Index of the first cell concerned. */
  column: number;
}

/** What one piece of text held. Records are counted whether they hold cells or are blank or comments. */
export interface Piece {
  /** The records with cells, in order. */
  rows: string[][];
  /** `ordinals[i]` says which record of the piece row `i` is (0 = the first); null when it is `i` for all. */
  ordinals: number[] | null;
  /** `lineOf[i]` is the line on which row `i` starts, 0 = the piece's first; null from the fast parser. */
  lineOf: number[] | null;
  badQuotes: BadQuotes[];
  /** Rows of fixed width in which a value runs from one column into the next, and the first of these. */
  brokenRecords?: BadQuotes[];
  /** Cells that were quoted by the rules; counted by the exact parser only. */
  quotedCells: number;
  records: number;
  lines: number;
  /** Characters consumed: where the next record starts. */
  end: number;
  /** Set when the text ends inside a quoted cell: the line it opened on, counted from the piece's start. */
  openQuote: number | null;
}

const CR = 13;
const LF = 10;

/**
 * Length of the line end at a place: LF, CR, CRLF, or CRCRLF (a CRLF file written once more in text mode).
 *
 * @param final whether no text follows
 * @returns 0 if no line ends there, -1 if the text that follows is needed to tell
 */
export function lineEnd(text: string, at: number, final: boolean): number {
  const code = text.charCodeAt(at);
  if (code === LF) return 1;
  if (code !== CR) return 0;
  if (at + 1 >= text.length) return final ? 1 : -1;
  const next = text.charCodeAt(at + 1);
  if (next === LF) return 2;
  if (next !== CR) return 1;
  if (at + 2 >= text.length) return final ? 1 : -1;
  return text.charCodeAt(at + 2) === LF ? 3 : 1;
}

/** How many lines end within a text. */
export function countLines(text: string): number {
  let count = 0;
  for (let at = text.search(/[\r\n]/); at >= 0 && at < text.length; ) {
    const width = lineEnd(text, at, true);
    if (width > 0) count++;
    at += Math.max(1, width);
    while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
  }
  return count;
}
