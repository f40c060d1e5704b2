import { countLines, type Dialect, lineEnd } from './dialect';

/** The text went out before the cell's end could be told. */
export const incomplete = Symbol('incomplete');

/** One cell cut out of the text. */
export interface Field {
  value: string;
  /** Where the delimiter or line end after it stands. */
  end: number;
  /** Whether its quotes follow no rule. */
  bad: boolean;
  /** Line breaks inside it. */
  lineBreaks: number;
}

type Found = Field | typeof incomplete;

/** Cuts cells out of a text, from left to right, by every rule of a dialect. */
export class FieldScanner {
  /** Whether the cell that was cut last goes out of the text inside its quotes. */
  isOpen = false;
  private readonly delimiter: string;
  private readonly quote: string | null;
  /** A backslash escapes. */
  private readonly backslash: boolean;
  /** Nothing escapes a quote. */
  private readonly lawless: boolean;
  private readonly delimiters: Finder;
  private readonly lfs: Finder;
  private readonly crs: Finder;
  private readonly quotes: Finder | null;
  private readonly slashes: Finder | null;
  private readonly escapedPlain: RegExp;
  private readonly escapedQuoted: RegExp;
  /** Up to here no quote on the line closes a cell: keeps a line full of stray quotes linear. */
  private hopelessUntil = -1;

  /** @param final whether the text ends the file */
  constructor(
    private readonly text: string,
    dialect: Dialect,
    private readonly final: boolean,
  ) {
    const { delimiter, quote } = dialect;
    this.delimiter = delimiter;
    this.quote = quote;
    this.backslash = dialect.escape === '\\';
    this.lawless = quote !== null && dialect.escape === null;
    this.delimiters = new Finder(text, delimiter);
    this.lfs = new Finder(text, '\n');
    this.crs = new Finder(text, '\r');
    this.quotes = quote === null ? null : new Finder(text, quote);
    this.slashes = this.backslash ? new Finder(text, '\\') : null;
    const cut = delimiter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    this.escapedPlain = new RegExp(`\\\\(${cut}|${quote ?? '"'}|\\\\)`, 'g');
    this.escapedQuoted = new RegExp(`\\\\${quote}|\\\\\\\\|${quote}${quote}`, 'g');
  }

  /** Where the line ends that holds this place; -1 when the text goes out first. */
  lineStop(from: number): number {
    const lf = this.lfs.next(from);
    const cr = this.crs.next(from);
    return lf < 0 ? cr : cr < 0 ? lf : Math.min(lf, cr);
  }

  /** The cell that begins here without a quote. */
  plain(from: number): Found {
    this.isOpen = false;
    if (this.backslash) return this.escaped(from);
    const end = this.plainEnd(from);
    if (end < 0) return incomplete;
    return { value: this.text.slice(from, end), end, bad: false, lineBreaks: 0 };
  }

  /** The cell that begins here with a quote. */
  quoted(from: number): Found {
    this.isOpen = true;
    let hasEscapes = false;
    let scan = from + 1;
    for (;;) {
      const found = this.quotes?.next(scan) ?? -1;
      const slash = this.slashes?.next(scan) ?? -1;
      if (slash >= 0 && (found < 0 || slash < found)) {
        hasEscapes = true;
        scan = slash + 2;
        continue;
      }
      if (found < 0) return incomplete;
      const isDoubled = this.text[found + 1] === this.quote;
      if (!isDoubled || this.backslash || this.lawless) {
        const then = this.afterQuote(found + 1);
        if (then === 'unknown') return incomplete;
        if (then === 'ends') return this.closed(from, found, hasEscapes, false);
        // With backslash escapes a doubled quote is met as well, and can mean nothing else.
        if (!isDoubled || this.lawless) return this.recovered(from, found);
      }
      hasEscapes = true;
      scan = found + 2;
    }
  }

  /** Where the cell that holds this place ends, quotes meaning nothing; -1 when the text goes out first. */
  private plainEnd(from: number): number {
    const stop = this.lineStop(from);
    const cut = this.delimiters.next(from);
    if (cut >= 0 && (stop < 0 || cut < stop)) return cut;
    if (stop >= 0) return stop;
    return this.final ? this.text.length : -1;
  }

  /** An unquoted cell in which a backslash may stand before a delimiter, a quote or another backslash. */
  private escaped(from: number): Found {
    let end = this.plainEnd(from);
    let slash = this.slashes?.next(from) ?? -1;
    let found = false;
    while (end >= 0 && slash >= 0 && slash < end) {
      let past = slash + 1;
      if (this.canBeEscaped(past)) {
        found = true;
        past += this.text.startsWith(this.delimiter, past) ? this.delimiter.length : 1;
        if (past > end) end = this.plainEnd(past);
      }
      slash = this.slashes?.next(past) ?? -1;
    }
    if (end < 0) return incomplete;
    const raw = this.text.slice(from, end);
    const value = found ? raw.replace(this.escapedPlain, (_, kept: string) => kept) : raw;
    return { value, end, bad: false, lineBreaks: 0 };
  }

  private canBeEscaped(at: number): boolean {
    const sign = this.text[at];
    return sign === '\\' || (this.quote !== null && sign === this.quote) || this.delimits(at);
  }

  private delimits(at: number): boolean {
    return this.text.startsWith(this.delimiter, at);
  }

  private skipSpaces(at: number): number {
    let past = at;
    while (this.text[past] === ' ' && !this.delimits(past)) past++;
    return past;
  }

  /** 'ends' when a cell may end there, 'goes on' when it may not, 'unknown' when the text goes out. */
  private afterQuote(at: number): 'ends' | 'goes on' | 'unknown' {
    const { text, delimiter, final } = this;
    const past = this.skipSpaces(at);
    if (this.delimits(past)) return 'ends';
    if (past >= text.length) return final ? 'ends' : 'unknown';
    const isCutOff = text.length - past < delimiter.length && delimiter.startsWith(text.slice(past));
    if (!final && isCutOff) return 'unknown';
    return lineEnd(text, past, true) > 0 ? 'ends' : 'goes on';
  }

  private closed(from: number, quoteAt: number, hasEscapes: boolean, bad: boolean): Field {
    this.isOpen = false;
    const raw = this.text.slice(from + 1, quoteAt);
    const value = hasEscapes ? this.withoutEscapes(raw) : raw;
    return { value, end: this.skipSpaces(quoteAt + 1), bad, lineBreaks: countLines(raw) };
  }

  private withoutEscapes(raw: string): string {
    if (this.quote === null) return raw;
    if (!this.backslash) return raw.replaceAll(this.quote + this.quote, this.quote);
    return raw.replace(this.escapedQuoted, (pair) => pair.slice(1));
  }

  /** A quote in mid-cell: looks for the one that closes the cell, along one line only. */
  private recovered(from: number, stray: number): Found {
    this.isOpen = false;
    const firstStop = this.lineStop(from);
    if (firstStop >= 0 && firstStop < stray) {
      // The cell would go on over lines; if it may end on its first one, it does.
      const early = this.closingBefore(from, firstStop);
      if (early >= 0) return this.closed(from, early, false, true);
    }
    // The stray quote opens the next cell: then the one this cell began with is the quote too many.
    if (this.opensCell(stray)) return this.asItStands(from, from);
    const stop = this.lineStop(stray);
    if (stop < 0 && !this.final) return incomplete;
    return this.closedOnLine(from, stray, stop < 0 ? this.text.length : stop);
  }

  /** The cell up to the quote that closes it before the line's end, or up to the next cell. */
  private closedOnLine(from: number, stray: number, lineStop: number): Found {
    let scan = stray + 1;
    while (this.hopelessUntil < lineStop) {
      const found = this.text.indexOf(this.quote ?? '', scan);
      if (found < 0 || found >= lineStop) {
        this.hopelessUntil = lineStop;
        break;
      }
      // A delimiter and an opening quote: the next cell has begun.
      const end = found - this.delimiter.length;
      if (end > stray && this.delimits(end)) return this.standing(from, end);
      if (this.afterQuote(found + 1) === 'ends') {
        // Where quotes are never escaped, a stray one is no offence.
        const bad = !this.lawless;
        return this.closed(from, found, bad && this.hasDoubled(from + 1, found), bad);
      }
      scan = found + 1;
    }
    return this.asItStands(from, stray);
  }

  private hasDoubled(from: number, to: number): boolean {
    return this.text.slice(from, to).includes(`${this.quote}${this.quote}`);
  }

  /** The cell as it stands, quotes and all, up to the first delimiter or line end after a place. */
  private asItStands(from: number, after: number): Found {
    const end = this.plainEnd(after);
    return end < 0 ? incomplete : this.standing(from, end);
  }

  private standing(from: number, end: number): Field {
    const value = this.text.slice(from, end);
    return { value, end, bad: true, lineBreaks: countLines(value) };
  }

  /** The first quote before a line end after which the cell may end; -1 if there is none. */
  private closingBefore(from: number, stop: number): number {
    const quote = this.quote ?? '';
    let at = this.text.indexOf(quote, from + 1);
    while (at >= 0 && at < stop) {
      if (this.afterQuote(at + 1) === 'ends') return at;
      at = this.text.indexOf(quote, at + 1);
    }
    return -1;
  }

  /** Whether a quote stands at the start of a line or after a delimiter. */
  private opensCell(at: number): boolean {
    const before = this.text[at - 1];
    return before === '\n' || before === '\r' || this.delimits(at - this.delimiter.length);
  }
}

/**
 * `indexOf` that remembers its last answer, so that every search goes over the text once however often it is asked: with
 * places that hardly ever go backwards.
 */
class Finder {
  private askedFrom = 0;
  private answer: number;

  constructor(
    private readonly text: string,
    private readonly what: string,
  ) {
    this.answer = text.indexOf(what);
  }

  next(from: number): number {
    if (from < this.askedFrom || (this.answer >= 0 && this.answer < from))
      this.answer = this.text.indexOf(this.what, from);
    this.askedFrom = from;
    return this.answer;
  }
}
