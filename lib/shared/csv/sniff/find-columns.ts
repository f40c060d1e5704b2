import { mostTableColumns } from '../../most-table-columns';
import { drawn, isTorn } from '../fixed-width';

/** Columns that stand one below the other, with blanks between them. */
export interface FoundColumns {
  /** Places, in characters, at which they begin; the first is 0. */
  starts: number[];
  /** Places at which they end, where a line of dashes shows them: values that are longer may be cut. */
  ends?: number[];
  /** A line of dashes shows them. */
  isRuled: boolean;
}

/** Lines of dashes or equals signs with blanks between them, as databases print below the names. */
const ruler = /^ *(?:-+|=+)(?: +(?:-+|=+))+ *$/;
/** The ruler stands near the top. */
const rulerWithin = 50;
/** Titles above the table, and notes below it, fill what is blank in it: so many are looked past. */
const mostTitles = 5;
const mostNotes = 3;
const fewestLines = 3;
const fittingShare = 0.9;
/** Of the values in a column, so many begin, or end, at the same place. */
const alignedShare = 0.8;
/** So many lines fill two columns or more. */
const severalShare = 0.8;
const longestLine = 32_768;
const linesLookedAt = 1_000;

/**
 * Finds the columns of a text that has no delimiter but blanks, by a line of dashes or by the places that are blank in
 * all lines.
 *
 * @param complete whether the text ends with a whole line
 * @returns null where there are none: prose, one column, or lines with tabs
 */
export function findColumns(text: string, complete: boolean): FoundColumns | null {
  const all = text.split(/\r\r\n|\r\n|\r|\n/);
  if (!complete) all.pop();
  const lines = all.map((line) => line.trimEnd()).filter((line) => line !== '');
  if (lines.length < fewestLines || lines.some((line) => line.length > longestLine || line.includes('\t')))
    return null;
  const looked = lines
    .filter((line) => ruler.test(line) || !drawn.test(line))
    .slice(0, linesLookedAt)
    .map((line) =>
      /[\ud800-\udbff]/.test(line) ? [...line].map((c) => (c === ' ' ? ' ' : 'x')).join('') : line,
    );
  return ruled(looked) ?? aligned(looked);
}

function ruled(lines: string[]): FoundColumns | null {
  const at = lines.slice(0, rulerWithin).findIndex((line) => ruler.test(line));
  const line = lines[at];
  if (line === undefined) return null;
  const dashes = [...line.matchAll(/-+|=+/g)];
  const starts = dashes.map(({ index }, i) => (i === 0 ? 0 : index));
  const ends = dashes.map(({ 0: { length }, index }) => index + length);
  const below = lines.slice(at + 1);
  const fitting = below.filter((row) =>
    starts.every((start, i) => !isTorn(row, start, ends[i - 1], starts[i + 1])),
  );
  const others = below.length - fitting.length;
  const isFitting =
    fitting.length > others && others <= Math.max(mostNotes, below.length * (1 - fittingShare));
  return isFitting && starts.length <= mostTableColumns ? { starts, ends, isRuled: true } : null;
}

const isFilled = (line: string, at: number) => at < line.length && line.charCodeAt(at) !== 0x20;

function aligned(all: string[]): FoundColumns | null {
  const lines = all.filter((line) => !ruler.test(line)).map((line) => new Line(line));
  for (let titles = 0; titles <= mostTitles; titles++) {
    for (let notes = 0; notes <= mostNotes; notes++) {
      const table = lines.slice(titles, lines.length - notes);
      if (table.length < Math.max(fewestLines, lines.length / 2)) continue;
      const starts = startsOf(table);
      if (starts !== null) return { starts, isRuled: false };
    }
  }
  return null;
}

/** A line of which is known at once whether it is blank between two places: many are asked for in long lines. */
class Line {
  /** How many places before each one are filled. */
  private readonly before: Uint32Array;

  constructor(private readonly text: string) {
    this.before = new Uint32Array(text.length + 1);
    for (let at = 0; at < text.length; at++) {
      this.before[at + 1] = (this.before[at] ?? 0) + Number(isFilled(text, at));
    }
  }

  get length(): number {
    return this.text.length;
  }

  isFilled(at: number): boolean {
    return isFilled(this.text, at);
  }

  hasValue({ start, end }: Pick<Span, 'start' | 'end'>): boolean {
    const [from, to] = [Math.min(start, this.length), Math.min(end, this.length)];
    return this.before[to] !== this.before[from];
  }
}

/** Places filled from `start` up to `end`, and whether values begin, or end, in line there. */
interface Span {
  start: number;
  end: number;
  isLeft: boolean;
  isRight: boolean;
}

function startsOf(lines: Line[]): number[] | null {
  const filled = filledPlaces(lines);
  const spans: Span[] = [];
  for (let at = 0; at < filled.length; at++) {
    if (!filled[at]) continue;
    const start = at;
    while (filled[at]) at++;
    const span = describe(lines, start, at);
    const last = spans.at(-1);
    if (last && !isApart(lines, last, span)) spans[spans.length - 1] = describe(lines, last.start, at);
    else spans.push(span);
  }
  if (spans.length < 2 || spans.length > mostTableColumns) return null;
  const several = lines.filter((line) => spans.filter((span) => line.hasValue(span)).length > 1).length;
  if (several < lines.length * severalShare) return null;
  return spans.map((span, i) => (i === 0 ? 0 : borderBetween(spans[i - 1] ?? span, span)));
}

/** At each place, whether some line is filled there. */
function filledPlaces(lines: Line[]): Uint8Array {
  const filled = new Uint8Array(lines.reduce((most, line) => Math.max(most, line.length), 0));
  for (const line of lines) for (let at = 0; at < line.length; at++) if (line.isFilled(at)) filled[at] = 1;
  return filled;
}

function describe(lines: Line[], start: number, end: number): Span {
  let [among, left, right] = [0, 0, 0];
  for (const line of lines) {
    if (!line.hasValue({ start, end })) continue;
    among++;
    if (line.isFilled(start)) left++;
    if (line.isFilled(end - 1)) right++;
  }
  return { start, end, isLeft: left >= among * alignedShare, isRight: right >= among * alignedShare };
}

/**
 * Whether a gap is one between columns, and not between words of a text where it happens to be in every line: values stand
 * in line on both sides of it, the first line names both or none, and more than one blank stands between two values.
 */
function isApart(lines: Line[], left: Span, right: Span): boolean {
  const isAligned = (left.isLeft || left.isRight) && (right.isLeft || right.isRight);
  const [first] = lines;
  const isNamed = first !== undefined && (first.hasValue(right) || !first.hasValue(left));
  if (!isAligned || !isNamed) return false;
  const both = lines.filter((line) => line.hasValue(left) && line.hasValue(right));
  const isPadded =
    right.start - left.end > 1 ||
    both.some((line) => !line.isFilled(left.end - 1) || !line.isFilled(right.start));
  return isPadded && both.length > 1;
}

/** Values may grow into the gap: to the right where they begin in line, to the left where they end so. */
function borderBetween(left: Span, right: Span): number {
  if (right.isLeft) return right.start;
  if (!left.isLeft) return left.end + 1;
  return Math.max(left.end + 1, Math.ceil((left.end + right.start) / 2));
}
