import { continuesHeader } from './continues-header';
import { cells as counted, headerVotes, isLine, isNamed, isSame, standsOut } from './header-votes';
import { isSeparatorLine } from './names';
import { usualWidth } from './score';

/** A record of the sample and the row number it has in the file. */
export interface NumberedRow {
  row: number;
  cells: string[];
  /** Places of the cells that a workbook has as numbers, and not as texts. */
  numbers?: ReadonlySet<number>;
  /** It holds an error value or bytes that are no text: it will not be stored. */
  faulty?: boolean;
}

/** Where the table begins, as indices into the sample. */
export interface TableStart {
  /** First row of the header, or null. */
  header: number | null;
  /** First data row; the sample's length if there is none. The header goes up to here. */
  first: number;
  /** The first row of all names the columns, and something below shows it: nobody need be asked. */
  sure: boolean;
}

const bodyLookedAt = 200;
/** More rows than this above a table are another table, not a preamble. */
const preambleMax = 50;
const headerRowsMax = 4;
/** A row that fills less of the columns that rows usually fill is a title or a note. */
const slightShare = 0.6;
/** Unless nothing else can be the header. */
const scantShare = 0.4;
/** A row whose names stand above values of other kinds: less than this is no more than a difference in length. */
const evident = 2;
/** Of the names, so many may be blank without a question. */
const blankShare = 0.2;
/** Rows below a doubtful one that may be the header instead of it. */
const rivalsLookedAt = 5;

/** Finds where the table starts, past any preamble, and which of its first rows name the columns. */
export function findHeader(rows: NumberedRow[]): TableStart {
  // The line that tells Excel the delimiter is no row of the table.
  const skipped = isSeparatorLine(rows[0]?.cells ?? []) && rows.length > 1 ? 1 : 0;
  const table = new TableTop(rows.slice(skipped).map(({ cells }) => cells));
  const start = table.start();
  const candidate = table.rows[start];
  if (candidate === undefined) return { header: null, first: rows.length, sure: false };
  const body = table.below(start);
  if (!isHeader(candidate, body)) return { header: null, first: start + skipped, sure: false };
  let first = start + 1;
  while (first < start + headerRowsMax && continuesHeader(candidate, table.rows, first)) first++;
  const sure = start === 0 && first === 1 && table.isSure(candidate, body);
  return { header: start + skipped, first: first + skipped, sure };
}

/** The first rows of a sample, and how wide and how full those of its table are. */
class TableTop {
  private readonly width: number;
  private readonly full: number;

  constructor(readonly rows: string[][]) {
    this.width = usualWidth(rows.map((cells) => cells.length));
    const filled = rows
      .slice(0, bodyLookedAt)
      .map(counted.filled)
      .sort((a, b) => a - b);
    this.full = filled[Math.floor((filled.length - 1) * 0.75)] ?? 0;
  }

  below(index: number): string[][] {
    return this.rows.slice(index + 1, index + 1 + bodyLookedAt).filter((cells) => !isLine(cells));
  }

  /** Index of the first row of the table, header or data. */
  start(): number {
    const { rows } = this;
    let start = rows.findIndex((cells) => !this.isSlight(cells));
    if (start < 0 || start > preambleMax) return 0;
    for (;;) {
      const rival = this.isOdd(rows[start] ?? []) ? this.namesBelow(start) : -1;
      if (rival < 0) break;
      start = rival;
    }
    if (start === 0 || headerVotes(rows[start] ?? [], this.below(start)) > 0) return start;
    // Nothing names the columns from here on: the row above is their header, though it names only some of them.
    return this.isScantHeader(start - 1) ? start - 1 : start;
  }

  /** Whether nobody need be asked: it names nearly every column, and no row below might do so too. */
  isSure(header: string[], body: string[][]): boolean {
    const names = counted.trimmed(header);
    const whole = names.length === this.width || header.length === this.width;
    const blanks = names.slice(1).filter((cell) => cell.trim() === '').length;
    const rivals = body
      .slice(0, rivalsLookedAt)
      .some(
        (cells, i) =>
          isNamed(cells) && !isSame(cells, header) && headerVotes(cells, body.slice(i + 1)) >= evident,
      );
    return whole && blanks <= names.length * blankShare && !rivals && standsOut(header, body);
  }

  private isSlight(cells: string[]): boolean {
    return isLine(cells) || cells.length <= this.width / 2 || counted.filled(cells) < this.full * slightShare;
  }

  /** Of another width than the table, or with the spaces of a sentence behind its commas. */
  private isOdd(cells: string[]): boolean {
    if (cells.length !== this.width && counted.trimmed(cells).length !== this.width) return true;
    const spaced = (row: string[]) => row.slice(1).some((cell) => /^ \S/.test(cell));
    return spaced(cells) && !this.rows.slice(1, bodyLookedAt).some((row) => row !== cells && spaced(row));
  }

  /** Index of a row just below that is as wide as the table and names its columns, or -1. */
  private namesBelow(start: number): number {
    const { rows, width } = this;
    for (let i = start + 1; i <= start + rivalsLookedAt && i < rows.length - 1; i++) {
      const cells = rows[i] ?? [];
      if (cells.length !== width || this.isSlight(cells) || !isNamed(cells)) continue;
      if (headerVotes(cells, this.below(i)) >= evident) return i;
    }
    return -1;
  }

  private isScantHeader(index: number): boolean {
    const cells = this.rows[index] ?? [];
    const filled = counted.filled(cells);
    const wide = cells.length === this.width || counted.trimmed(cells).length === this.width;
    if (filled === 0) return wide && index === 0;
    return wide && filled >= this.full * scantShare && headerVotes(cells, this.below(index)) >= evident;
  }
}

function isHeader(candidate: string[], body: string[][]): boolean {
  if (counted.filled(candidate) === 0) return true;
  if (body.length === 0) return isNamed(candidate);
  const votes = headerVotes(candidate, body);
  if (votes !== 0) return votes > 0;
  // Nothing tells: names are text, and a table without a header is the exception.
  return isNamed(candidate);
}
