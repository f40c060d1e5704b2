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

/**
 * Cuts cells out of a text, from left to right, by every rule of a dialect.
 *
 * @param final whether the text ends the file
 */
export function scanFields(text: string, dialect: Dialect, final: boolean) {
  const { delimiter, quote } = dialect;
  const backslash = dialect.escape === '\\';
  const lawless = dialect.quote !== null && dialect.escape === null;
  // Each remembers the last find, so that every search goes over the text once however often it is asked.
  const nextDelimiter = finder(text, delimiter);
  const nextLf = finder(text, '\n');
  const nextCr = finder(text, '\r');
  const nextQuote = quote === null ? null : finder(text, quote);
  const nextEscape = backslash ? finder(text, '\\') : null;
  const cut = delimiter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const escapedPlain = new RegExp(`\\\\(${cut}|${quote ?? '"'}|\\\\)`, 'g');
  const escapedQuoted = new RegExp(`\\\\${quote}|\\\\\\\\|${quote}${quote}`, 'g');
  let open = false;
  /** Up to here no quote on the line closes a cell: keeps a line full of stray quotes linear. */
  let hopelessUntil = -1;

  function nextLine(from: number): number {
    const lf = nextLf(from);
    const cr = nextCr(from);
    return lf < 0 ? cr : cr < 0 ? lf : Math.min(lf, cr);
  }

  /** Where the cell that holds this place ends, quotes meaning nothing; -1 when the text goes out first. */
  function plainEnd(from: number): number {
    const stop = nextLine(from);
    const cut = nextDelimiter(from);
    if (cut >= 0 && (stop < 0 || cut < stop)) return cut;
    if (stop >= 0) return stop;
    return final ? text.length : -1;
  }

  function plain(from: number): Field | typeof incomplete {
    open = false;
    if (backslash) return escaped(from);
    const end = plainEnd(from);
    if (end < 0) return incomplete;
    return { value: text.slice(from, end), end, bad: false, lineBreaks: 0 };
  }

  /** An unquoted cell in which a backslash may stand before a delimiter, a quote or another backslash. */
  function escaped(from: number): Field | typeof incomplete {
    let end = plainEnd(from);
    let slash = nextEscape?.(from) ?? -1;
    let found = false;
    while (end >= 0 && slash >= 0 && slash < end) {
      if (special(slash + 1)) {
        found = true;
        const past = text.startsWith(delimiter, slash + 1) ? slash + 1 + delimiter.length : slash + 2;
        if (past > end) end = plainEnd(past);
        slash = nextEscape?.(past) ?? -1;
      } else slash = nextEscape?.(slash + 1) ?? -1;
    }
    if (end < 0) return incomplete;
    const raw = text.slice(from, end);
    return { value: found ? withoutSlashes(raw) : raw, end, bad: false, lineBreaks: 0 };
  }

  function special(at: number): boolean {
    return text[at] === '\\' || (quote !== null && text[at] === quote) || text.startsWith(delimiter, at);
  }

  function withoutSlashes(raw: string): string {
    return raw.replace(escapedPlain, (_, kept: string) => kept);
  }

  function skipSpaces(at: number): number {
    let k = at;
    while (text[k] === ' ' && !text.startsWith(delimiter, k)) k++;
    return k;
  }

  /** 'ends' when a cell may end there, 'goes on' when it may not, 'unknown' when the text goes out. */
  function afterQuote(at: number): 'ends' | 'goes on' | 'unknown' {
    const k = skipSpaces(at);
    if (text.startsWith(delimiter, k)) return 'ends';
    if (k >= text.length) return final ? 'ends' : 'unknown';
    if (!final && text.length - k < delimiter.length && delimiter.startsWith(text.slice(k))) return 'unknown';
    return lineEnd(text, k, true) > 0 ? 'ends' : 'goes on';
  }

  function quoted(from: number): Field | typeof incomplete {
    open = true;
    let doubled = false;
    let scan = from + 1;
    for (;;) {
      const found = nextQuote?.(scan) ?? -1;
      if (nextEscape !== null) {
        const slash = nextEscape(scan);
        if (slash >= 0 && (found < 0 || slash < found)) {
          doubled = true;
          scan = slash + 2;
          continue;
        }
      }
      if (found < 0) return incomplete;
      if (text[found + 1] === quote && !backslash && !lawless) {
        doubled = true;
        scan = found + 2;
        continue;
      }
      const then = afterQuote(found + 1);
      if (then === 'unknown') return incomplete;
      open = false;
      if (then === 'ends') return closed(from, found, doubled, false);
      // With backslash escapes a doubled quote is met as well, and can mean nothing else.
      if (backslash && text[found + 1] === quote) {
        open = true;
        doubled = true;
        scan = found + 2;
        continue;
      }
      return recover(from, found);
    }
  }

  function closed(from: number, quoteAt: number, escapes: boolean, bad: boolean): Field {
    const raw = text.slice(from + 1, quoteAt);
    const end = skipSpaces(quoteAt + 1);
    return { value: escapes ? unquote(raw) : raw, end, bad, lineBreaks: countLines(raw) };
  }

  function unquote(raw: string): string {
    if (quote === null) return raw;
    if (!backslash) return raw.replaceAll(quote + quote, quote);
    return raw.replace(escapedQuoted, (pair) => pair.slice(1));
  }

  /** A quote in mid-cell: looks for the one that closes the cell, along one line only. */
  function recover(from: number, stray: number): Field | typeof incomplete {
    const firstStop = nextLine(from);
    if (firstStop >= 0 && firstStop < stray) {
      // The cell would go on over lines; if it may end on its first one, it does.
      const early = closingBefore(from, firstStop);
      if (early >= 0) return closed(from, early, false, true);
    }
    // The stray quote opens the next cell: then the one this cell began with is the quote too many.
    if (opensCell(stray)) return plainly(from, from);
    const stop = nextLine(stray);
    if (stop < 0 && !final) return incomplete;
    const lineStop = stop < 0 ? text.length : stop;
    let scan = stray + 1;
    while (hopelessUntil < lineStop) {
      const found = text.indexOf(quote ?? '', scan);
      if (found < 0 || found >= lineStop) {
        hopelessUntil = lineStop;
        break;
      }
      // A delimiter and an opening quote: the next cell has begun.
      if (text.startsWith(delimiter, found - delimiter.length) && found - delimiter.length > stray) {
        const end = found - delimiter.length;
        return {
          value: text.slice(from, end),
          end,
          bad: true,
          lineBreaks: countLines(text.slice(from, end)),
        };
      }
      if (afterQuote(found + 1) === 'ends') {
        // Where quotes are never escaped, a stray one is no offence.
        return closed(
          from,
          found,
          !lawless && text.slice(from + 1, found).includes(`${quote}${quote}`),
          !lawless,
        );
      }
      scan = found + 1;
    }
    return plainly(from, stray);
  }

  /** The cell as it stands, quotes and all, up to the first delimiter or line end after a place. */
  function plainly(from: number, after: number): Field | typeof incomplete {
    const end = plainEnd(after);
    if (end < 0) return incomplete;
    return { value: text.slice(from, end), end, bad: true, lineBreaks: countLines(text.slice(from, end)) };
  }

  /** The first quote before a line end after which the cell may end; -1 if there is none. */
  function closingBefore(from: number, stop: number): number {
    for (
      let at = text.indexOf(quote ?? '', from + 1);
      at >= 0 && at < stop;
      at = text.indexOf(quote ?? '', at + 1)
    ) {
      if (afterQuote(at + 1) === 'ends') return at;
    }
    return -1;
  }

  /** Whether a quote stands at the start of a line or after a delimiter. */
  function opensCell(at: number): boolean {
    const before = text[at - 1];
    return before === '\n' || before === '\r' || text.startsWith(delimiter, at - delimiter.length);
  }

  return { nextLine, plain, quoted, isOpen: () => open };
}

/** `indexOf` that remembers its last answer; asked with places that hardly ever go backwards. */
function finder(text: string, what: string): (from: number) => number {
  let askedFrom = 0;
  let answer = text.indexOf(what);
  return (from) => {
    if (from < askedFrom || (answer >= 0 && answer < from)) answer = text.indexOf(what, from);
    askedFrom = from;
    return answer;
  };
}
