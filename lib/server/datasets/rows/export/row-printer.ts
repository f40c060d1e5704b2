import { KiB } from '@/lib/shared/bytes';
import { csvCell, csvRecord, escapeFormula } from '@/lib/shared/csv/csv-cells';

/** What a byte inside a JSON text means for a cell that is copied as it stands. */
const [plain, closes, escapes, quoted] = [0, 1, 2, 3] as const;
const meaning = new Uint8Array(256);
meaning[0x22] = closes;
meaning[0x5c] = escapes;
meaning[0x2c] = quoted;

/** Bytes with which a character begins that CSV may have to quote, or a spreadsheet program may run. */
const [mayBeSpace, mayRun] = [1, 2] as const;
const first = new Uint8Array(256);
// A blank, and the lead bytes of JavaScript's other white space: U+00A0, U+1680, U+2000 to U+205F, U+3000, U+FEFF.
for (const byte of [0x20, 0xc2, 0xe1, 0xe2, 0xe3, 0xef]) first[byte] = mayBeSpace;
for (const byte of [0x3d, 0x2b, 0x2d, 0x40]) first[byte] = mayRun;

const smallest = 64 * KiB;

interface Printed {
  /** Names and slots, in the order of the file. */
  columns: { name: string; slot: number }[];
  format: 'csv' | 'json';
  escaping: boolean;
}

/**
 * Prints stored rows as CSV or JSON from byte to byte: a row is a JSON array of texts, and most of its cells stand in
 * the file as they stand in it. Only a cell with an escape, or with something to quote at its ends, becomes a text
 * first. Parsing each row and printing it again took eight times as long.
 */
export class RowPrinter {
  private out = Buffer.allocUnsafe(smallest);
  /** Bytes that wait to be taken. */
  length = 0;

  /** Of each slot in the row that is being read: where its text stands (-1 for null) and what is in it. */
  private starts = new Int32Array(64);
  private ends = new Int32Array(64);
  private marks = new Uint8Array(64);

  private readonly slots: Int32Array;
  private readonly keys: Buffer[];
  private readonly mayRun: number;
  private printed = false;

  constructor(private readonly wanted: Printed) {
    this.slots = Int32Array.from(wanted.columns, ({ slot }) => slot);
    this.keys = wanted.columns.map(({ name }, i) =>
      Buffer.from(`${i > 0 ? ',' : ''}${JSON.stringify(name)}:`),
    );
    this.mayRun = wanted.escaping ? mayRun : 0;
  }

  /** What stands before the first row. */
  begin(): void {
    const { format, columns, escaping } = this.wanted;
    if (format === 'csv') {
      this.text(csvRecord(columns.map(({ name }) => (escaping ? escapeFormula(name) : name))));
    }
  }

  /** What stands after the last row. */
  end(): void {
    if (this.wanted.format === 'json') this.text(this.printed ? '\n]\n' : '[]\n');
  }

  /** Gives out what was printed since the last time. */
  take(): Buffer {
    const taken = this.out.subarray(0, this.length);
    // Pages are about as large as each other: room for one that is a little larger saves doubling the whole.
    this.out = Buffer.allocUnsafe(Math.max(smallest, Math.ceil(this.length * 1.25)));
    this.length = 0;
    return taken;
  }

  /**
   * Prints one row.
   * @param bytes holds the row's JSON from `start` to `end`
   * @throws Error when that is no array of texts
   */
  add(bytes: Buffer, start: number, end: number): void {
    const cells = this.read(bytes, start, end);
    if (this.wanted.format === 'csv') this.addRecord(bytes, cells);
    else this.addObject(bytes, cells);
    this.printed = true;
  }

  private addRecord(bytes: Buffer, cells: number): void {
    const { slots } = this;
    for (let i = 0; i < slots.length; i++) {
      if (i > 0) this.byte(0x2c);
      const slot = slots[i] ?? 0;
      const from = slot < cells ? (this.starts[slot] ?? -1) : -1;
      const to = this.ends[slot] ?? -1;
      if (from < 0 || from === to) continue;
      const mark = this.marks[slot];
      if (mark === escapes || this.isSpecial(bytes, from, to)) {
        const cell: string = JSON.parse(bytes.toString('utf8', from - 1, to + 1));
        this.text(csvCell(this.wanted.escaping ? escapeFormula(cell) : cell));
      } else if (mark === quoted) {
        this.byte(0x22);
        this.copy(bytes, from, to);
        this.byte(0x22);
      } else this.copy(bytes, from, to);
    }
    this.byte(0x0d);
    this.byte(0x0a);
  }

  /** Whether a cell has to be looked at as a text, for what it begins or ends with. */
  private isSpecial(bytes: Buffer, from: number, to: number): boolean {
    const head = first[bytes[from] ?? 0] ?? 0;
    if (head === mayBeSpace || (head !== 0 && head === this.mayRun)) return true;
    let last = to - 1;
    // To the beginning of the last character.
    while (last > from && ((bytes[last] ?? 0) & 0xc0) === 0x80) last--;
    return first[bytes[last] ?? 0] === mayBeSpace;
  }

  private addObject(bytes: Buffer, cells: number): void {
    this.text(this.printed ? ',\n{' : '[\n{');
    const { slots, keys } = this;
    for (let i = 0; i < slots.length; i++) {
      const key = keys[i];
      if (key) this.copy(key, 0, key.length);
      const slot = slots[i] ?? 0;
      const from = slot < cells ? (this.starts[slot] ?? -1) : -1;
      const to = this.ends[slot] ?? -1;
      if (from < 0) this.text('null');
      // JSON has more than one way to write an escape; a text without any is written in one way.
      else if (this.marks[slot] === escapes) {
        this.text(JSON.stringify(JSON.parse(bytes.toString('utf8', from - 1, to + 1))));
      } else this.copy(bytes, from - 1, to + 1);
    }
    this.byte(0x7d);
  }

  /** Finds the cells of a row. @returns how many there are */
  private read(bytes: Buffer, start: number, end: number): number {
    let { starts, ends, marks } = this;
    let slot = 0;
    let at = start;
    if (bytes[at] !== 0x5b || bytes[end - 1] !== 0x5d) throw new Error('A stored row is no JSON array.');
    for (at++; at < end - 1; ) {
      const byte = bytes[at];
      if (byte === 0x2c || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
        at++;
        continue;
      }
      if (slot === starts.length) {
        this.widen();
        ({ starts, ends, marks } = this);
      }
      if (byte === 0x22) {
        let mark: number = plain;
        let to = at + 1;
        for (; to < end; to++) {
          const means = meaning[bytes[to] ?? 0] ?? 0;
          if (means === plain) continue;
          if (means === closes) break;
          if (means === escapes) {
            mark = escapes;
            to++;
          } else if (mark === plain) mark = quoted;
        }
        starts[slot] = at + 1;
        ends[slot] = to;
        marks[slot] = mark;
        at = to + 1;
      } else if (byte === 0x6e) {
        starts[slot] = -1;
        at += 4;
      } else throw new Error('A stored row holds something other than texts.');
      slot++;
    }
    return slot;
  }

  private widen(): void {
    const twice = this.starts.length * 2;
    const wider = (array: Int32Array) => {
      const made = new Int32Array(twice);
      made.set(array);
      return made;
    };
    this.starts = wider(this.starts);
    this.ends = wider(this.ends);
    const marks = new Uint8Array(twice);
    marks.set(this.marks);
    this.marks = marks;
  }

  private room(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.out.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.out.length * 2));
    this.out.copy(larger, 0, 0, this.length);
    this.out = larger;
  }

  private byte(value: number): void {
    if (this.length === this.out.length) this.room(1);
    this.out[this.length++] = value;
  }

  private text(text: string): void {
    this.room(text.length * 3);
    this.length += this.out.write(text, this.length);
  }

  private copy(bytes: Buffer, from: number, to: number): void {
    const size = to - from;
    if (this.length + size > this.out.length) this.room(size);
    const { out } = this;
    let { length } = this;
    // Calling into native code for a few bytes costs more than copying them.
    if (size > 48) {
      bytes.copy(out, length, from, to);
      length += size;
    } else for (let at = from; at < to; at++) out[length++] = bytes[at] ?? 0;
    this.length = length;
  }
}
