import { ImportFailure } from '../schema/import/failure';
import { parseAscii } from './ascii-records';
import { type BadQuotes, type Dialect, lineEnd, type Piece, recordCharacters } from './dialect';
import { FieldScanner, incomplete } from './field-scanner';
import { parseFixed } from './fixed-width';

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
  const { starts, ends } = dialect;
  const failure = (line: number) => tooLarge(firstLine + line);
  if (dialect.records) return parseAscii(text, final, failure);
  if (starts) return parseFixed(text, { starts, ends }, final, failure);
  return new ExactParser(text, dialect, final, failure).parse();
}

/** Cuts one text into records and these into cells. */
class ExactParser {
  private readonly fields: FieldScanner;
  private readonly rows: string[][] = [];
  private readonly ordinals: number[] = [];
  private readonly lineOf: number[] = [];
  private readonly badQuotes: BadQuotes[] = [];
  private records = 0;
  private lines = 0;
  /** Where the next record begins. */
  private end = 0;
  private openQuote: number | null = null;
  private quotedCells = 0;

  constructor(
    private readonly text: string,
    private readonly dialect: Dialect,
    private readonly final: boolean,
    private readonly failure: (line: number) => ImportFailure,
  ) {
    this.fields = new FieldScanner(text, dialect, final);
  }

  parse(): Piece {
    while (this.end < this.text.length && this.takeRecord());
    const { framed } = this.dialect;
    const { ordinals, lineOf, badQuotes, quotedCells, records, lines, end, openQuote } = this;
    const rows = framed ? this.rows.map((cells) => withoutFrame(cells, framed)) : this.rows;
    return { rows, ordinals, lineOf, badQuotes, quotedCells, records, lines, end, openQuote };
  }

  /** @returns false when it may go on behind the text */
  private takeRecord(): boolean {
    const { comment } = this.dialect;
    const blank = lineEnd(this.text, this.end, this.final);
    if (blank !== 0) return this.skipLine(this.end, blank);
    if (comment !== null && this.text.startsWith(comment, this.end)) {
      const stop = this.fields.lineStop(this.end);
      return stop < 0
        ? this.skipLine(this.text.length, this.atTextEnd())
        : this.skipLine(stop, this.widthAt(stop));
    }
    return this.takeRow();
  }

  /** A line without cells. */
  private skipLine(stop: number, width: number): boolean {
    if (width < 0) return false;
    this.end = stop + width;
    this.records++;
    this.lines++;
    return true;
  }

  private widthAt(stop: number): number {
    return stop < this.text.length ? lineEnd(this.text, stop, this.final) : this.atTextEnd();
  }

  /** How wide the end of a line is that ends with the text; -1: it may go on. */
  private atTextEnd(): number {
    return this.final ? 0 : -1;
  }

  private takeRow(): boolean {
    const { text, dialect, fields } = this;
    const { delimiter, quote, collapse } = dialect;
    const cells: string[] = [];
    let badColumn = -1;
    let lineBreaks = 0;
    let at = collapse ? skipRun(text, this.end, delimiter) : this.end;
    for (;;) {
      const isQuoted = quote !== null && text.startsWith(quote, at);
      const field = isQuoted ? fields.quoted(at) : fields.plain(at);
      if (field === incomplete) {
        if (isQuoted && fields.isOpen) this.openQuote = this.lines + lineBreaks;
        return false;
      }
      if (field.bad && badColumn < 0) badColumn = cells.length;
      if (isQuoted && !field.bad) this.quotedCells++;
      cells.push(field.value);
      lineBreaks += field.lineBreaks;
      at = field.end;
      if (at >= text.length || !text.startsWith(delimiter, at)) break;
      at += delimiter.length;
      if (!collapse) continue;
      at = skipRun(text, at, delimiter);
      // Delimiters at the end of a line are padding, not an empty cell.
      if (at >= text.length && !this.final) return false;
      if (at >= text.length || lineEnd(text, at, this.final) !== 0) break;
    }
    const width = this.widthAt(at);
    if (width < 0) return false;
    if (at - this.end > recordCharacters) throw this.failure(this.lines);
    this.end = at + width;
    if (badColumn >= 0) this.badQuotes.push({ at: this.rows.length, column: badColumn });
    this.ordinals.push(this.records++);
    this.lineOf.push(this.lines);
    this.rows.push(cells);
    this.lines += lineBreaks + 1;
    return true;
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
