import { type Dialect, type Piece, recordCharacters } from './dialect';

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
 * Cuts text at these signs. A line end just behind a record belongs to it.
 *
 * @param final whether the text ends the file
 * @param tooLong makes the error for a record beyond the limit
 */
export function parseAscii(text: string, final: boolean, tooLong: (record: number) => Error): Piece {
  const rows: string[][] = [];
  const ordinals: number[] = [];
  let [at, records] = [0, 0];
  while (at < text.length) {
    const found = text.indexOf(recordSign, at);
    if (found < 0 && !final) break;
    const stop = found < 0 ? text.length : found;
    if (stop - at > recordCharacters) throw tooLong(records);
    const lineEnd = /^(?:\r\n|\r|\n)/.exec(text.slice(stop + 1, stop + 3))?.[0] ?? '';
    // What follows may be the other half of a line end.
    if (found >= 0 && !final && stop + 3 > text.length) break;
    if (text.slice(at, stop).trim() !== '') {
      rows.push(text.slice(at, stop).split(unit));
      ordinals.push(records);
    }
    records++;
    at = found < 0 ? stop : stop + 1 + lineEnd.length;
  }
  return {
    rows,
    ordinals,
    lineOf: ordinals,
    badQuotes: [],
    quotedCells: 0,
    records,
    lines: records,
    end: at,
    openQuote: null,
  };
}
