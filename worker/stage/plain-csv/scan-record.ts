import { limits } from '../../read/types';

/** What {@link RecordScanner.scan} answers instead of the next record's place. */
export const scanned = {
  /** The bytes went out before the record ended. */
  incomplete: -1,
  /** Where the record ends, or what its cells are, is not for the lane to say. */
  uncertain: -2,
} as const;

/** How the bytes of a cell become its text. */
export const spelling = {
  /** As they stand, and JSON and COPY take them so. */
  clean: 0,
  /** As they stand, but JSON or COPY has another spelling for some of them. */
  special: 1,
  /** Every quote stands there twice. */
  doubled: 2,
} as const;

const LF = 10;
const CR = 13;
const QUOTE = 34;
const BACKSLASH = 92;

/** Classes of bytes; what is not below `special` does not end a run of a cell's bytes. */
const ordinary = 0;
const stop = 1;
const special = 2;
const nul = 3;

function classes(stops: number[], quoteIsSpecial: boolean): Uint8Array {
  const table = new Uint8Array(256).fill(special, 0, 32);
  table[BACKSLASH] = special;
  if (quoteIsSpecial) table[QUOTE] = special;
  table[0] = nul;
  for (const byte of stops) table[byte] = stop;
  return table;
}

/**
 * Finds the cells of one record after another: where each starts and ends, and how it is spelled. Quotes as
 * RFC 4180 has them, records that end with LF or CRLF; whatever else is called uncertain.
 *
 * The byte after the last one has to be there and to be LF, so that the loops need not ask where they are.
 */
export class RecordScanner {
  /** Places of the first byte of each cell, and of the byte after its last; without the quotes around it. */
  readonly from = new Int32Array(limits.columns);
  readonly to = new Int32Array(limits.columns);
  readonly spelled = new Uint8Array(limits.columns);
  /** Cells of the record. */
  count = 0;
  /** Line breaks inside its quoted cells. */
  lineBreaks = 0;
  /** A cell holds a NUL, which no text may contain. */
  hasNul = false;

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
    const { from, to, spelled, delimiter, quote, plainClasses } = this;
    this.lineBreaks = 0;
    this.hasNul = false;
    let count = 0;
    let i = at;
    for (;;) {
      if (count === limits.columns) return scanned.uncertain;
      if (bytes[i] === quote) {
        i = this.scanQuoted(bytes, i, end, final, count);
        if (i < 0) return i;
      } else {
        from[count] = i;
        let how: number = spelling.clean;
        for (;;) {
          const found = plainClasses[bytes[i] ?? 0];
          if (found !== ordinary) {
            if (found === stop) break;
            how = spelling.special;
            if (found === nul) this.hasNul = true;
          }
          i++;
        }
        to[count] = i;
        spelled[count] = how;
      }
      count++;
      if (bytes[i] !== delimiter) break;
      i++;
    }
    this.count = count;
    if (bytes[i] === LF) {
      if (i < end) return i + 1;
      return final ? end : scanned.incomplete;
    }
    if (i + 1 < end) return bytes[i + 1] === LF ? i + 2 : scanned.uncertain;
    return final ? scanned.uncertain : scanned.incomplete;
  }

  /** @returns where the delimiter or line end after the cell stands, or one of {@link scanned} */
  private scanQuoted(bytes: Uint8Array, at: number, end: number, final: boolean, cell: number): number {
    const { quotedClasses } = this;
    let how: number = spelling.clean;
    let i = at + 1;
    this.from[cell] = i;
    for (;;) {
      const found = quotedClasses[bytes[i] ?? 0];
      if (found === ordinary) {
        i++;
        continue;
      }
      if (found === stop) {
        const byte = bytes[i];
        if (byte === QUOTE) {
          if (bytes[i + 1] !== QUOTE) break;
          how = spelling.doubled;
          i += 2;
          continue;
        }
        // An open quote at the end of the file is for the reader to report.
        if (i === end) return final ? scanned.uncertain : scanned.incomplete;
        if (byte === LF || !this.goesOn(bytes, i)) this.lineBreaks++;
      } else if (found === nul) this.hasNul = true;
      if (how === spelling.clean) how = spelling.special;
      i++;
    }
    this.to[cell] = i;
    this.spelled[cell] = how;
    return this.afterQuote(bytes, i + 1);
  }

  /** Whether the CR there is the start of a longer line end, CRLF or CRCRLF, which counts once. */
  private goesOn(bytes: Uint8Array, at: number): boolean {
    return bytes[at + 1] === LF || (bytes[at + 1] === CR && bytes[at + 2] === LF);
  }

  /** Spaces may stand between a closing quote and the end of the cell. */
  private afterQuote(bytes: Uint8Array, at: number): number {
    let i = at;
    while (bytes[i] === 32 && this.delimiter !== 32) i++;
    const byte = bytes[i];
    return byte === this.delimiter || byte === LF || byte === CR ? i : scanned.uncertain;
  }
}
