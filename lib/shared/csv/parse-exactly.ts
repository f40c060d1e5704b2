import { ImportFailure } from '../schema/failure';
import { parseAscii } from './ascii-records';
import { type BadQuotes, type Dialect, lineEnd, type Piece, recordCharacters } from './dialect';
import { parseFixed } from './fixed-width';
import { incomplete, scanFields } from './scan-fields';

/**
 * Cuts text into records and cells by every rule of a dialect: any mixture of line ends, comment lines,
 * backslash escapes, runs of delimiters, delimiters of several characters, and quotes that follow no rule.
 * It is the reference for the fast way, and does what the fast way cannot.
 *
 * A quote after which neither delimiter nor line end comes is taken as part of the cell if the cell is closed
 * properly later on the same line; otherwise the cell is taken as it stands, quotes and all. Either way the
 * record is reported, and the next line starts afresh.
 *
 * @param final whether the text ends the file; else a record that may go on is left for the next piece
 * @param firstLine line number of the text's start, for messages
 * @throws ImportFailure RECORD_TOO_LARGE
 */
export function parseExactly(text: string, dialect: Dialect, final: boolean, firstLine: number): Piece {
  const { delimiter, quote, comment, collapse, starts, ends, framed } = dialect;
  if (dialect.records) return parseAscii(text, final, (line) => tooLarge(firstLine + line));
  if (starts) return parseFixed(text, { starts, ends }, final, (line) => tooLarge(firstLine + line));
  const rows: string[][] = [];
  const ordinals: number[] = [];
  const lineOf: number[] = [];
  const badQuotes: BadQuotes[] = [];
  const fields = scanFields(text, dialect, final);
  let records = 0;
  let lines = 0;
  let at = 0;
  let openQuote: number | null = null;
  let quotedCells = 0;

  while (at < text.length) {
    const start = at;
    const here = lineEnd(text, at, final);
    if (here < 0) break;
    if (here > 0) {
      at += here;
      records++;
      lines++;
      continue;
    }
    if (comment !== null && text.startsWith(comment, at)) {
      const stop = fields.nextLine(at);
      const width = stop < 0 ? (final ? 0 : -1) : lineEnd(text, stop, final);
      if (width < 0) break;
      at = stop < 0 ? text.length : stop + width;
      records++;
      lines++;
      continue;
    }
    const cells: string[] = [];
    let badColumn = -1;
    let lineBreaks = 0;
    let done = false;
    if (collapse) at = skipRun(text, at, delimiter);
    while (!done) {
      const isQuoted = quote !== null && text.startsWith(quote, at);
      const field = isQuoted ? fields.quoted(at) : fields.plain(at);
      if (field === incomplete) {
        if (isQuoted && fields.isOpen()) openQuote = lines + lineBreaks;
        return finish(start);
      }
      cells.push(field.value);
      if (isQuoted && !field.bad) quotedCells++;
      if (field.bad && badColumn < 0) badColumn = cells.length - 1;
      lineBreaks += field.lineBreaks;
      at = field.end;
      if (at < text.length && text.startsWith(delimiter, at)) {
        at += delimiter.length;
        if (collapse) {
          at = skipRun(text, at, delimiter);
          // Delimiters at the end of a line are padding, not an empty cell.
          if (at >= text.length && !final) return finish(start);
          done = at >= text.length || lineEnd(text, at, final) !== 0;
        }
      } else done = true;
    }
    const width = at < text.length ? lineEnd(text, at, final) : final ? 0 : -1;
    if (width < 0) return finish(start);
    if (at - start > recordCharacters) throw tooLarge(firstLine + lines);
    at += width;
    if (badColumn >= 0) badQuotes.push({ at: rows.length, column: badColumn });
    ordinals.push(records);
    lineOf.push(lines);
    rows.push(cells);
    records++;
    lines += lineBreaks + 1;
  }
  return finish(at);

  function finish(end: number): Piece {
    return {
      rows: framed ? rows.map((cells) => withoutFrame(cells, framed)) : rows,
      ordinals,
      lineOf,
      badQuotes,
      quotedCells,
      records,
      lines,
      end,
      openQuote,
    };
  }
}

/** What begins with a value keeps it: it has a cell more than the table, and is seen to be wrong. */
function withoutFrame(cells: string[], framed: 'plain' | 'padded'): string[] {
  const [first = ''] = cells;
  const inner = cells.length > 1 && isBlankText(first) ? cells.slice(1) : cells;
  return framed === 'padded' ? inner.map((cell) => cell.replace(/^ +| +$/g, '')) : inner;
}

const isBlankText = (text: string) => /^ *$/.test(text);

/** The failure for a record beyond the limit. */
export function tooLarge(line: number): ImportFailure {
  return new ImportFailure(
    'RECORD_TOO_LARGE',
    `The record that starts on line ${line} is longer than ${recordCharacters.toLocaleString('en')} characters.`,
  );
}

function skipRun(text: string, at: number, delimiter: string): number {
  let end = at;
  while (text.startsWith(delimiter, end)) end += delimiter.length;
  return end;
}
