import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import { type Decoder, decoders, longestDecoded } from './decode-typed';

/**
 * How the text of a cell stands in the bytes of its row: as it is, with a comma, or with something to look at; or not there
 * but in what was decoded.
 */
export const [plain, withComma, special, escaped, decoded] = [0, 1, 2, 3, 4] as const;

const [closes, escapes, comma, control] = [1, 2, 3, 4] as const;
const meaning = new Uint8Array(256).fill(control, 0, 0x20);
meaning[0x22] = closes;
meaning[0x5c] = escapes;
meaning[0x2c] = comma;

/** A column of what is printed. */
export interface PrintedColumn {
  name: string;
  slot: number;
  type: ColumnType;
}

/** Types whose values have no character that CSV or JSON would have to spell otherwise. */
const plainTypes = new Set<ColumnType>(['INTEGER', 'DECIMAL', 'BOOLEAN', 'DATE', 'TIME', 'DATETIME']);

/** Where the date of a moment ends and its time begins. */
const dateLength = 10;

/**
 * Finds the cells of a row in its bytes, without making texts of them: nearly all of them are printed as they stand
 * there.
 */
export class RowCells {
  bytes: Buffer = Buffer.alloc(0);
  /** Of each column where its text begins (-1 for an empty cell), ends, and how it stands there. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly marks: Uint8Array;
  /** The texts of cells that were decoded. */
  readonly texts: Buffer;

  /** The columns by their slots; -1 for a slot that is not printed. */
  private readonly places: Int32Array;
  /** Of each field of a tuple its column, whether it needs no look, whether it is a moment, and how it is decoded. */
  private readonly fields: {
    place: number;
    isPlain: boolean;
    isMoment: boolean;
    decode: Decoder | undefined;
  }[];

  /** @param inTuple the slots that have a field of their own in tuples, in their order */
  constructor(
    columns: PrintedColumn[],
    inTuple: number[] = [],
    private readonly firstInMore = 0,
  ) {
    this.starts = new Int32Array(columns.length).fill(-1);
    this.ends = new Int32Array(columns.length);
    this.marks = new Uint8Array(columns.length);
    this.texts = Buffer.alloc(columns.length * longestDecoded);
    this.places = new Int32Array(Math.max(0, ...columns.map(({ slot }) => slot + 1))).fill(-1);
    for (const [i, { slot }] of columns.entries()) this.places[slot] = i;
    this.fields = inTuple.map((slot) => {
      const place = this.placeOf(slot);
      const type = columns[place]?.type ?? 'TEXT';
      const isPlain = plainTypes.has(type);
      return { place, isPlain, isMoment: type === 'DATETIME', decode: decoders[type] };
    });
  }

  /** The text of a cell that is not empty. */
  text(column: number): string {
    const [from, to] = [this.starts[column] ?? 0, this.ends[column] ?? 0];
    if (this.marks[column] === decoded) return this.texts.toString('latin1', from, to);
    if (this.marks[column] !== escaped) return this.bytes.toString('utf8', from, to);
    return JSON.parse(this.bytes.toString('utf8', from - 1, to + 1));
  }

  /**
   * Reads a row that is a JSON array of texts by slot.
   * @throws Error when it is something else
   */
  readValues(bytes: Buffer, start: number, end: number): void {
    this.bytes = bytes;
    this.starts.fill(-1);
    this.readArray(bytes, start, end, 0);
  }

  /** Reads a row that is a tuple: what its table spells otherwise, what has no columns there, and the value of each column. */
  readTuple(bytes: Buffer, start: number): void {
    this.bytes = bytes;
    this.starts.fill(-1);
    const exactEnd = start + 4 + Math.max(0, lengthAt(bytes, start));
    const moreEnd = exactEnd + 4 + Math.max(0, lengthAt(bytes, exactEnd));
    let at = moreEnd;
    let end = 0;
    for (const { place, isPlain, isMoment, decode } of this.fields) {
      const length = lengthAt(bytes, at);
      at += 4;
      if (length < 0) continue;
      if (decode) {
        this.starts[place] = end;
        end = decode(bytes, at, this.texts, end);
        this.ends[place] = end;
        this.marks[place] = decoded;
        at += length;
        continue;
      }
      this.starts[place] = at;
      this.ends[place] = at + length;
      // PostgreSQL has a space there.
      if (isMoment) bytes[at + dateLength] = 0x54;
      this.marks[place] = isPlain ? plain : markOf(bytes, at, at + length);
      at += length;
    }
    if (exactEnd > start + 4) this.readExact(bytes, start + 4, exactEnd);
    if (moreEnd > exactEnd + 4) this.readArray(bytes, exactEnd + 4, moreEnd, this.firstInMore);
  }

  private placeOf(slot: number): number {
    return this.places[slot] ?? -1;
  }

  /** Reads {"slot": "text", …}, in which nothing is escaped: texts of numbers, times and moments. */
  private readExact(bytes: Buffer, start: number, end: number): void {
    for (let at = start; ; ) {
      const key = bytes.indexOf(0x22, at) + 1;
      if (key === 0 || key >= end) return;
      let slot = 0;
      let to = key;
      for (; bytes[to] !== 0x22 && to < end; to++) slot = slot * 10 + (bytes[to] ?? 0) - 0x30;
      const from = bytes.indexOf(0x22, to + 1) + 1;
      at = bytes.indexOf(0x22, from) + 1;
      if (from === 0 || at === 0)
        throw new Error('What a stored row spells otherwise is no object of texts.');
      const place = this.placeOf(slot);
      if (place < 0) continue;
      this.starts[place] = from;
      this.ends[place] = at - 1;
      this.marks[place] = markOf(bytes, from, at - 1);
    }
  }

  private readArray(bytes: Buffer, start: number, end: number, first: number): void {
    const { starts, ends, marks } = this;
    let slot = first;
    let at = start;
    if (bytes[at] !== 0x5b || bytes[end - 1] !== 0x5d) throw new Error('A stored row is no JSON array.');
    for (at++; at < end - 1; ) {
      const byte = bytes[at];
      if (byte === 0x2c || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
        at++;
      } else if (byte === 0x22) {
        let mark: number = plain;
        let to = at + 1;
        for (; to < end; to++) {
          const means = meaning[bytes[to] ?? 0] ?? 0;
          if (means === 0) continue;
          if (means === closes) break;
          if (means === escapes) {
            mark = escaped;
            to++;
          } else if (means === comma && mark === plain) mark = withComma;
        }
        const place = this.placeOf(slot++);
        if (place >= 0) {
          starts[place] = at + 1;
          ends[place] = to;
          marks[place] = mark;
        }
        at = to + 1;
      } else if (byte === 0x6e) {
        slot++;
        at += 4;
      } else throw new Error('A stored row holds something other than texts.');
    }
    if (at !== end - 1) throw new Error('A stored row ends too early.');
  }
}

/** How a text stands there that nothing is escaped in. */
function markOf(bytes: Buffer, from: number, to: number): number {
  let mark: number = plain;
  for (let at = from; at < to; at++) {
    const means = meaning[bytes[at] ?? 0] ?? 0;
    if (means === 0) continue;
    if (means !== comma) return special;
    mark = withComma;
  }
  return mark;
}

/** The length of a field, -1 for null. */
function lengthAt(bytes: Buffer, at: number): number {
  return (
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)
  );
}
