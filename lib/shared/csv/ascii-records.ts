import { countLines, type Dialect, lineEnd, type Piece, recordCharacters } from './dialect';

/** ASCII's own signs between cells and behind records (0x1F and 0x1E), with which cells may hold line ends. */
const unit = '\u001f';
export const recordSign = '\u001e';

export const asciiDialect: Dialect = {
  delimiter: unit,
  quote: null,
  escape: null,
  comment: null,
  collapse: false,
  records: recordSign,
};

/** Records that are looked at. */
const lookedAt = 50;

/**
 * Whether a text is cut by these signs: its records have the same number of cells. Where the one stands within cells of the
 * other's lines, they have not.
 */
export function isAsciiDelimited(text: string, whole: boolean): boolean {
  if (!text.includes(unit) || !text.includes(recordSign)) return false;
  const records = text.split(recordSign, lookedAt + 1);
  const complete = whole && records.length <= lookedAt ? records : records.slice(0, -1);
  const widths = complete.filter((part) => part.trim() !== '').map((part) => part.split(unit).length);
  return widths.length > 1 && widths.every((width) => width > 1 && width === widths[0]);
}

/**
 * Cuts text at these signs. A line end just behind a record belongs to it; those within cells count as lines, too.
 *
 * @param final whether the text ends the file
 * @param tooLong makes the error for a record beyond the limit, by the line on which it starts
 */
export function parseAscii(text: string, final: boolean, tooLong: (line: number) => Error): Piece {
  const rows: string[][] = [];
  const ordinals: number[] = [];
  const lineOf: number[] = [];
  let [at, records, lines] = [0, 0, 0];
  while (at < text.length) {
    const found = text.indexOf(recordSign, at);
    if (found < 0 && !final) break;
    const stop = found < 0 ? text.length : found;
    if (stop - at > recordCharacters) throw tooLong(lines);
    const next = found < 0 ? stop : stop + 1;
    // What follows may be a line end, or the other half of one.
    const behind = next === text.length && !final ? -1 : lineEnd(text, next, final);
    if (behind < 0) break;
    const record = text.slice(at, stop);
    if (record.trim() !== '') {
      rows.push(record.split(unit));
      ordinals.push(records);
      lineOf.push(lines);
    }
    records++;
    lines += countLines(record) + Math.min(behind, 1);
    at = next + behind;
  }
  return {
    rows,
    ordinals,
    lineOf,
    badQuotes: [],
    quotedCells: 0,
    records,
    lines,
    end: at,
    openQuote: null,
  };
}
