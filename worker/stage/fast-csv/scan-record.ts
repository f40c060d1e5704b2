import { limits } from '@/worker/read/source/types';
import type { RecordCells } from './record-cells';

/** What {@link RecordScanner.scan} answers instead of the next record's place. */
export const scanned = {
  /** The bytes ran out before the record ended. */
  incomplete: -1,
  /** The fast path cannot tell where the record ends or what its cells are. */
  uncertain: -2,
} as const;

/** How a cell is spelled: bits, none of them for bytes that are its text and that JSON takes as they are. */
export const spelling = {
  /** Some of its bytes must be escaped in JSON. */
  special: 2,
  /** It holds a NUL, which no text may contain. */
  nul: 4,
  /** Quotes in it are doubled. */
  doubled: 8,
} as const;

const LF = 10;
const CR = 13;
const QUOTE = 34;
const BACKSLASH = 92;

/** Classes of bytes: those that a cell may end at, and the bits of {@link spelling} that others bring with them. */
const ordinary = 0;
const stop = 1;

function classes(stops: number[], quoteIsSpecial: boolean): Uint8Array {
  const table = new Uint8Array(256).fill(spelling.special, 0, 32);
  table[BACKSLASH] = spelling.special;
  if (quoteIsSpecial) table[QUOTE] = spelling.special;
  table[0] = spelling.nul;
  for (const byte of stops) table[byte] = stop;
  return table;
}

/**
 * Finds the cells of one record after another: where each starts and ends, and how it is spelled. Quotes as
 * RFC 4180 has them, records that end with LF or CRLF; whatever else is called uncertain.
 *
 * The byte after the last one has to be there and to be LF, so that the loops need not ask where they are.
 */
export class RecordScanner implements RecordCells {
  /** Places of the first byte of each cell, and of the byte after its last; without the quotes around it. */
  readonly from = new Int32Array(limits.columns);
  readonly to = new Int32Array(limits.columns);
  readonly spelled = new Uint8Array(limits.columns);
  /** Cells of the record. */
  count = 0;
  /** Line breaks inside its quoted cells. */
  lineBreaks = 0;
  /** All that was found in its cells: bits of {@link spelling}. */
  private seen = 0;

  private readonly delimiter: number;
  private readonly quote: number;
  private readonly plainClasses: Uint8Array;
  private readonly quotedClasses = classes([QUOTE, LF, CR], false);

  constructor(delimiter: string, quote: '"' | null) {
    this.delimiter = delimiter.charCodeAt(0);
    this.quote = quote === null ? -1 : QUOTE;
    this.plainClasses = classes([this.delimiter, LF, CR], true);
  }

  /**
   * @param at where the record starts, before `end`
   * @param final whether the file ends at `end`
   * @returns where the next record starts, or one of {@link scanned}
   */
  scan(bytes: Uint8Array, at: number, end: number, final: boolean): number {
    this.count = 0;
    this.lineBreaks = 0;
    this.seen = 0;
    let i = this.scanPlain(bytes, at);
    while (bytes[i] === QUOTE) {
      i = this.scanQuoted(bytes, i + 1, end, final);
      if (bytes[i] === this.delimiter) i = this.scanPlain(bytes, i + 1);
    }
    if (i < 0) return i;
    if (bytes[i] === LF) {
      if (i < end) return i + 1;
      return final ? end : scanned.incomplete;
    }
    if (i + 1 < end) return bytes[i + 1] === LF ? i + 2 : scanned.uncertain;
    return final ? scanned.uncertain : scanned.incomplete;
  }

  /** A cell holds a NUL, which no text may contain. */
  hasNul(): boolean {
    return (this.seen & spelling.nul) !== 0;
  }

  /** The record's cells as text, where its bytes are UTF-8 and hold no NUL. */
  cells(bytes: Buffer): string[] {
    return Array.from({ length: this.count }, (_, i) => cellText(bytes, this, i));
  }

  /**
   * Finds cells up to one in quotes or to the end of the record. Nothing is called in here: a call, even one that
   * is never reached, made the engine look up the arrays anew for every byte, which took twice the time.
   *
   * @returns where the opening quote or the line end stands, or one of {@link scanned}
   */
  private scanPlain(bytes: Uint8Array, at: number): number {
    const { from, to, spelled, delimiter, quote, plainClasses } = this;
    let { count, seen } = this;
    let i = at;
    for (;;) {
      if (count === limits.columns) return scanned.uncertain;
      if (bytes[i] === quote) break;
      let how = 0;
      from[count] = i;
      for (;;) {
        const found = plainClasses[bytes[i] ?? 0] ?? ordinary;
        if (found !== ordinary) {
          if (found === stop) break;
          how |= found;
        }
        i++;
      }
      to[count] = i;
      spelled[count] = how;
      seen |= how;
      count++;
      if (bytes[i] !== delimiter) break;
      i++;
    }
    this.count = count;
    this.seen = seen;
    return i;
  }

  /**
   * @param at the byte after the opening quote
   * @returns where the delimiter or line end after the cell stands, or one of {@link scanned}
   */
  private scanQuoted(bytes: Uint8Array, at: number, end: number, final: boolean): number {
    const { quotedClasses } = this;
    let how = 0;
    let breaks = 0;
    let i = at;
    for (;;) {
      const found = quotedClasses[bytes[i] ?? 0] ?? ordinary;
      if (found === ordinary) {
        i++;
        continue;
      }
      if (found === stop) {
        const byte = bytes[i];
        if (byte === QUOTE) {
          if (bytes[i + 1] !== QUOTE) break;
          how |= spelling.doubled;
          i += 2;
          continue;
        }
        // The reader reports an open quote at the end of the file.
        if (i === end) return final ? scanned.uncertain : scanned.incomplete;
        if (byte === LF || !goesOn(bytes, i)) breaks++;
        how |= spelling.special;
      } else how |= found;
      i++;
    }
    this.from[this.count] = at;
    this.to[this.count] = i;
    this.spelled[this.count] = how;
    this.seen |= how;
    this.count++;
    this.lineBreaks += breaks;
    return this.afterQuote(bytes, i + 1);
  }

  /** Spaces may stand between a closing quote and the end of the cell. */
  private afterQuote(bytes: Uint8Array, at: number): number {
    let i = at;
    while (bytes[i] === 32 && this.delimiter !== 32) i++;
    const byte = bytes[i];
    return byte === this.delimiter || byte === LF || byte === CR ? i : scanned.uncertain;
  }
}

/** One of the cells as text, where its bytes are UTF-8. */
export function cellText(bytes: Buffer, { from, to, spelled }: RecordCells, index: number): string {
  const text = bytes.toString('utf8', from[index], to[index]);
  return ((spelled[index] ?? 0) & spelling.doubled) === 0 ? text : text.replaceAll('""', '"');
}

/** Whether the CR there is the start of a longer line end, CRLF or CRCRLF, which counts once. */
function goesOn(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === LF || (bytes[at + 1] === CR && bytes[at + 2] === LF);
}
