import { KiB } from '@/lib/shared/bytes';
import { csvCell, csvRecord, escapeFormula } from '@/lib/shared/csv/csv-cells';
import { decoded, escaped, type PrintedColumn, RowCells, special, withComma } from './row-cells';

/** Bytes with which a character begins that CSV may have to quote, or a spreadsheet program may run. */
const [mayBeSpace, mayRun] = [1, 2] as const;
const first = new Uint8Array(256);
// A blank, and the lead bytes of JavaScript's other white space: U+00A0, U+1680, U+2000 to U+205F, U+3000, U+FEFF.
for (const byte of [0x20, 0xc2, 0xe1, 0xe2, 0xe3, 0xef]) first[byte] = mayBeSpace;
for (const byte of [0x3d, 0x2b, 0x2d, 0x40]) first[byte] = mayRun;

const smallest = 64 * KiB;

interface Printed {
  /** In the order of the file. */
  columns: PrintedColumn[];
  format: 'csv' | 'json';
  escaping: boolean;
}

/** How the tuples of a table are laid out: see {@link RowCells}. */
interface Tuples {
  slots: number[];
  firstInMore: number;
}

/**
 * Prints stored rows as CSV or JSON from byte to byte: most cells stand in the file as they stand in the bytes of their
 * row. Only a cell with an escape, or with something to quote at its ends, becomes a text first. Parsing each row and
 * printing it again took eight times as long.
 */
export class RowPrinter {
  private out = Buffer.allocUnsafe(smallest);
  /** Bytes that wait to be taken. */
  length = 0;

  private readonly cells: RowCells;
  /** What stands before the value of each column, where that is empty and where it is a text. */
  private readonly beforeNull: Buffer[];
  private readonly beforeText: Buffer[];
  private readonly mayRun: number;
  private printed = false;

  constructor(
    private readonly wanted: Printed,
    tuples?: Tuples,
  ) {
    this.cells = new RowCells(wanted.columns, tuples?.slots, tuples?.firstInMore);
    const keys = wanted.columns.map(({ name }, i) => `${i > 0 ? ',' : '{'}${JSON.stringify(name)}:`);
    this.beforeNull = keys.map((key) => Buffer.from(`${key}null`));
    this.beforeText = keys.map((key) => Buffer.from(`${key}"`));
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

  /** Forgets what was printed since this was called, if nothing was taken since. */
  mark(): () => void {
    const { length, printed } = this;
    return () => {
      this.length = length;
      this.printed = printed;
    };
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
    this.cells.readValues(bytes, start, end);
    this.print();
  }

  /** Prints one row. @param bytes holds its tuple from `start` on, without its number */
  addTuple(bytes: Buffer, start: number): void {
    this.cells.readTuple(bytes, start);
    this.print();
  }

  private print(): void {
    if (this.wanted.format === 'csv') this.addRecord();
    else this.addObject();
    this.printed = true;
  }

  private addRecord(): void {
    const { bytes, texts, starts, ends, marks } = this.cells;
    for (let i = 0; i < starts.length; i++) {
      if (i > 0) this.byte(0x2c);
      const from = starts[i] ?? -1;
      const to = ends[i] ?? -1;
      if (from < 0 || from === to) continue;
      const mark = marks[i];
      // A whole number, a day or a boolean: nothing that a spreadsheet program would run.
      if (mark === decoded) this.copy(texts, from, to);
      else if (mark === special || mark === escaped || this.isSpecial(bytes, from, to)) {
        const cell = this.cells.text(i);
        this.text(csvCell(this.wanted.escaping ? escapeFormula(cell) : cell));
      } else if (mark === withComma) {
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

  private addObject(): void {
    this.byte(this.printed ? 0x2c : 0x5b);
    this.byte(0x0a);
    const { bytes, texts, starts, ends, marks } = this.cells;
    for (let i = 0; i < starts.length; i++) {
      const from = starts[i] ?? -1;
      const to = ends[i] ?? -1;
      const mark = marks[i];
      const before = (from < 0 ? this.beforeNull : this.beforeText)[i];
      if (before) this.copy(before, 0, before.length);
      if (from < 0) continue;
      // JSON has more than one way to write an escape; a text without any is written in one way.
      if (mark === special || mark === escaped) this.text(JSON.stringify(this.cells.text(i)).slice(1));
      else {
        this.copy(mark === decoded ? texts : bytes, from, to);
        this.byte(0x22);
      }
    }
    if (starts.length === 0) this.byte(0x7b);
    this.byte(0x7d);
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
