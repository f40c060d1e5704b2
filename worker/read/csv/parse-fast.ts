import Papa from 'papaparse';
import { countLines, type Dialect, type Piece } from '@/lib/shared/csv/dialect';

type LineEnd = '\n' | '\r\n' | '\r';

/** The start of a text that Papaparse reads exactly, or why it cannot. */
interface Stretch {
  /** Where the last whole record ends. */
  end: number;
  newline: LineEnd;
  /** Line breaks inside quoted cells. */
  innerLines: number;
}

/** Whole records that Papaparse reads exactly. */
export interface RegularText {
  /** The records; the last one may lack its line end. */
  text: string;
  newline: LineEnd;
  delimiter: string;
  /** Null: no cell is quoted. */
  quote: string | null;
  /** Line breaks inside quoted cells. */
  innerLines: number;
}

/** Parses the start of a text with Papaparse where that is exact. @returns null when it needs {@link parseExactly} */
export function parseFast(text: string, dialect: Dialect, final: boolean): Piece | null {
  const regular = regularText(text, dialect, final);
  if (regular === null) return null;
  const body = regular.text.endsWith(regular.newline)
    ? // Papaparse would take the last line end for the start of one more, empty record.
      regular.text.slice(0, -regular.newline.length)
    : regular.text;
  return hasNoCells(regular)
    ? blankPiece(regular)
    : pieceOf(regular, Papa.parse<string[]>(body, papaConfig(regular)).data);
}

/** How Papaparse reads such a text, whether at once or in chunks. */
export const papaConfig = ({ delimiter, newline, quote }: Omit<RegularText, 'text' | 'innerLines'>) => ({
  delimiter,
  newline,
  quoteChar: quote ?? '"',
  escapeChar: quote ?? '"',
  fastMode: quote === null,
  header: false as const,
  skipEmptyLines: false as const,
});

/** Nothing but blank lines: Papaparse makes an array of each, and took a minute for a bomb of 128 MB. */
export const hasNoCells = ({ text }: RegularText) => !/[^\r\n]/.test(text);

/** The piece that such a text is: lines, and no row. */
export function blankPiece({ text, newline }: RegularText): Piece {
  const blanks = text.length / newline.length;
  return { ...nothing, records: blanks, lines: blanks, end: text.length };
}

/** The piece that a text is, with the rows that Papaparse found in it. */
export function pieceOf({ text, innerLines }: RegularText, data: string[][]): Piece {
  return {
    ...nothing,
    ...withoutBlanks(data),
    records: data.length,
    lines: data.length + innerLines,
    end: text.length,
  };
}

/**
 * The whole records at the start of a text, where Papaparse is known to read them exactly: quotes that follow RFC 4180,
 * one kind of line end between records, none of its special cases. That is nearly every text of nearly every file.
 *
 * @param final whether the text ends the file
 * @returns null where one is irregular
 */
export function regularText(text: string, dialect: Dialect, final: boolean): RegularText | null {
  const { delimiter, quote } = dialect;
  if (
    dialect.framed ||
    dialect.records ||
    dialect.comment !== null ||
    dialect.collapse ||
    dialect.escape !== quote ||
    delimiter.length !== 1
  )
    return null;
  // Papa.parse strips a byte order mark from whatever it is given, and here it would be somebody's character.
  if (text.charCodeAt(0) === 0xfeff) return null;
  if (quote === null || !text.includes(quote)) return unquoted(text, delimiter, final);
  const stretch = scanQuoted(text, delimiter, quote, final);
  if (stretch === null) return null;
  const { end, newline, innerLines } = stretch;
  return { text: text.slice(0, end), newline, delimiter, quote, innerLines };
}

function unquoted(text: string, delimiter: string, final: boolean): RegularText | null {
  let end = text.length;
  let newline: LineEnd = '\n';
  if (!text.includes('\r')) {
    if (!final) end = text.lastIndexOf('\n') + 1;
  } else {
    if (!final) end = lastSureEnd(text);
    const only = onlyLineEnd(text.slice(0, end));
    if (only === null) return null;
    newline = only;
  }
  return { text: text.slice(0, end), newline, delimiter, quote: null, innerLines: 0 };
}

/** The line end of a text with carriage returns where there is but one kind. */
function onlyLineEnd(text: string): LineEnd | null {
  const lf = count(text, '\n');
  if (lf === 0) return '\r';
  return lf === count(text, '\r') && lf === count(text, '\r\n') ? '\r\n' : null;
}

/** End of the last line that ends beyond doubt: a carriage return near the end may go on as CRLF or CRCRLF. */
function lastSureEnd(text: string): number {
  const lf = text.lastIndexOf('\n');
  const cr = text.length < 3 ? -1 : text.lastIndexOf('\r', text.length - 3);
  if (lf > cr) return lf + 1;
  if (cr < 0) return 0;
  // Neither LF nor CRLF follows, or `lf` would have been further on; CR CR may still become CRCRLF.
  if (text[cr + 1] === '\r') return lastSureEnd(text.slice(0, cr + 2));
  return cr + 1;
}

/**
 * Goes from quote to quote and checks that each opens at the start of a cell and closes at its end.
 *
 * @returns null if anything is irregular
 */
function scanQuoted(text: string, delimiter: string, quote: string, final: boolean): Stretch | null {
  const newline = lineEndOf(text, final);
  if (newline === null) return null;
  const last = newline.charCodeAt(newline.length - 1);
  const cut = delimiter.charCodeAt(0);
  let end = 0;
  let innerLines = 0;
  /** Those of the record that has not ended yet. */
  let openLines = 0;
  let nextLine = text.indexOf(newline);
  let nextLf = text.indexOf('\n');
  let nextCr = text.indexOf('\r');
  let at = 0;
  for (;;) {
    const opening = text.indexOf(quote, at);
    const stop = opening < 0 ? text.length : opening;
    while (nextLine >= 0 && nextLine < stop) {
      end = nextLine + newline.length;
      innerLines += openLines;
      openLines = 0;
      nextLine = text.indexOf(newline, end);
    }
    // A lone half of CRLF between cells.
    if (newline === '\r\n' && !evenLineEnds(text, at, stop, final)) return null;
    if (opening < 0) break;
    const before = opening === 0 ? last : text.charCodeAt(opening - 1);
    if (before !== cut && before !== last) {
      at = opening + 1;
      continue;
    }
    let closing = text.indexOf(quote, opening + 1);
    while (closing >= 0 && text.startsWith(quote, closing + 1)) closing = text.indexOf(quote, closing + 2);
    if (closing < 0) return final ? null : { end, newline, innerLines };
    const atEnd = closing + 1 === text.length;
    if (atEnd && !final) return { end, newline, innerLines };
    const after = text.charCodeAt(closing + 1);
    const lineEnds = !atEnd && text.startsWith(newline, closing + 1);
    if (!atEnd && after !== cut && !lineEnds) {
      // Half a CRLF at the end of the text: the next piece will tell.
      return !final && newline === '\r\n' && after === 13 && closing + 2 === text.length
        ? { end, newline, innerLines }
        : null;
    }
    // An empty quoted cell alone on its line is a record; Papaparse gives it out like a blank line.
    if (closing === opening + 1 && before === last && after !== cut) return null;
    at = closing + 1;
    // Cells of a CRLF file may hold LF alone.
    if (nextLf < opening && nextLf >= 0) nextLf = text.indexOf('\n', opening);
    if (nextCr < opening && nextCr >= 0) nextCr = text.indexOf('\r', opening);
    if ((nextLf >= 0 && nextLf < closing) || (nextCr >= 0 && nextCr < closing)) {
      openLines += countLines(text.slice(opening + 1, closing));
      if (nextLine >= 0 && nextLine < at) nextLine = text.indexOf(newline, at);
    }
  }
  return final
    ? { end: text.length, newline, innerLines: innerLines + openLines }
    : { end, newline, innerLines };
}

/** The only line end of a text as far as a glance tells; null for a mixture. */
function lineEndOf(text: string, final: boolean): LineEnd | null {
  const cr = text.indexOf('\r');
  if (cr < 0) return '\n';
  const lf = text.indexOf('\n');
  // A CR at the end may turn out to be half of a CRLF.
  if (lf < 0) return text.endsWith('\r') && !final ? null : '\r';
  return lf === cr + 1 ? '\r\n' : null;
}

/** Whether every CR and LF of a stretch outside quotes belongs to a CRLF, or may when more text comes. */
function evenLineEnds(text: string, from: number, to: number, final: boolean): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) {
      if (text.charCodeAt(i - 1) !== 13) return false;
    } else if (code === 13 && text.charCodeAt(i + 1) !== 10 && (final || i + 1 < text.length)) return false;
  }
  return true;
}

function withoutBlanks(data: string[][]): Pick<Piece, 'rows' | 'ordinals'> {
  const isBlank = (row: string[]) => row.length === 1 && row[0] === '';
  if (!data.some(isBlank)) return { rows: data, ordinals: null };
  const rows: string[][] = [];
  const ordinals: number[] = [];
  data.forEach((row, i) => {
    if (isBlank(row)) return;
    rows.push(row);
    ordinals.push(i);
  });
  return { rows, ordinals };
}

function count(text: string, what: string): number {
  let found = 0;
  for (let at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length)) found++;
  return found;
}

const nothing: Piece = {
  rows: [],
  ordinals: null,
  lineOf: null,
  badQuotes: [],
  quotedCells: 0,
  records: 0,
  lines: 0,
  end: 0,
  openQuote: null,
};
