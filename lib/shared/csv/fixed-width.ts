import { type BadQuotes, type Dialect, lineEnd, type Piece, recordCharacters } from './dialect';

const blank = 0x20;
/** A line of dashes from edge to edge tears nothing. */
export const drawn = /^[-=_*~+| ]+$/;
const nextLineEnd = /[\r\n]/g;

type ColumnPlaces = { starts: number[]; ends?: number[] | undefined };

/**
 * Cuts lines into cells at fixed places, without the blanks around them. A line that is shorter than the table has empty
 * cells at its end.
 *
 * A value that runs from one column into the next is cut as well, and its row is reported: it may be two values that
 * touch each other, or one that is too long for its column.
 *
 * @param places in characters, at which columns begin (the first is 0) and, where that is known, end
 * @param final whether the text ends the file
 * @param tooLong makes the error for a line beyond the limit
 */
export function parseFixed(
  text: string,
  places: ColumnPlaces,
  final: boolean,
  tooLong: (line: number) => Error,
): Piece {
  const { starts, ends = [] } = places;
  const rows: string[][] = [];
  const ordinals: number[] = [];
  const brokenRecords: BadQuotes[] = [];
  let records = 0;
  let at = 0;
  while (at < text.length) {
    nextLineEnd.lastIndex = at;
    const found = nextLineEnd.exec(text)?.index ?? -1;
    const stop = found < 0 ? text.length : found;
    const end = found < 0 ? (final ? 0 : -1) : lineEnd(text, found, final);
    if (end < 0) break;
    if (stop - at > recordCharacters) throw tooLong(records);
    if (stop > at) {
      const line = charactersOf(text.slice(at, stop));
      const border = starts.findIndex((start, column) =>
        isTorn(line, start, ends[column - 1], starts[column + 1]),
      );
      if (border > 0 && !drawn.test(text.slice(at, stop)))
        brokenRecords.push({ at: rows.length, column: border - 1 });
      rows.push(starts.map((start, column) => trimmed(line, start, starts[column + 1] ?? line.length)));
      ordinals.push(records);
    }
    records++;
    at = stop + end;
  }
  return {
    rows,
    ordinals,
    lineOf: ordinals,
    badQuotes: [],
    brokenRecords,
    quotedCells: 0,
    records,
    lines: records,
    end: at,
    openQuote: null,
  };
}

/** How a text was cut where that is not plain to see, and why: sentences. */
export function dialectWarnings({ delimiter, starts, framed }: Dialect, isRuled: boolean): string[] {
  if (framed) {
    const blanks = framed === 'padded' ? ', and so are the blanks around the values' : '';
    return [`Every row begins with “${delimiter}”: the empty column before it is left out${blanks}.`];
  }
  if (!starts) return [];
  const places = starts.slice(0, mostPlaces).map((start) => (start + 1).toLocaleString('en'));
  const rest = starts.length > mostPlaces ? `${starts.length - mostPlaces} more` : places.pop();
  const listed = `${places.join(', ')} and ${rest}`;
  const why = isRuled
    ? 'A line of dashes shows where columns begin'
    : 'The values stand in columns with blanks between them';
  return starts.length === 1
    ? ['No columns of fixed width were found, so each line is one cell. Choose a delimiter instead.']
    : [
        `${why}, so the file is read as text of fixed width: ${starts.length} columns that begin at characters ${listed}. If that is wrong, choose a delimiter.`,
      ];
}
const mostPlaces = 20;

/** A line to be cut by characters: those outside of Unicode's first plane are two units of a string. */
type Line = string | string[];

function charactersOf(line: string): Line {
  return /[\ud800-\udbff]/.test(line) ? Array.from(line) : line;
}

/**
 * Whether a value runs into the column that begins at a place: it fills the border, or it goes on behind the end of its
 * own column and the next one is not empty, so that it may be cut at one of its blanks.
 *
 * @param end of the column before, where that is known
 * @param next where the column after it begins
 */
export function isTorn(line: Line, start: number, end = start, next = line.length): boolean {
  if (start === 0 || start >= line.length) return false;
  if (!isBlank(line, start - 1) && !isBlank(line, start)) return true;
  return hasValue(line, end, start) && hasValue(line, start, Math.min(next, line.length));
}

function hasValue(line: Line, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isBlank(line, at)) return true;
  return false;
}

function isBlank(line: Line, at: number): boolean {
  return line[at]?.charCodeAt(0) === blank;
}

/** Without blanks only: other white space may be meant. */
function trimmed(line: Line, start: number, stop: number): string {
  let [from, to] = [start, Math.min(stop, line.length)];
  while (from < to && isBlank(line, from)) from++;
  while (to > from && isBlank(line, to - 1)) to--;
  if (from >= to) return '';
  return typeof line === 'string' ? line.slice(from, to) : line.slice(from, to).join('');
}
