import { BufferPool } from '@/lib/server/datasets/rows/buffer-pool';
import { jsonbVersion, lengthBytes, noValue, tupleHead } from '@/lib/server/datasets/rows/copy-format';
import { writeInt32 } from '@/lib/server/datasets/rows/typed/int64';
import { aroundValue } from '@/lib/server/datasets/rows/typed/types';
import { widthsOf } from '@/lib/server/datasets/validate/row-check';
import { KiB } from '@/lib/shared/bytes';
import type { EncodePlan } from '../plan';
import { isBlankBytes } from './blank-bytes';
import { DerivedCells } from './derived-cells';
import { emptyLength, type FastColumn, fastColumn, nothing } from './fast-column';
import type { RecordCells } from './record-cells';
import { spelling } from './scan-record';
import type { CellValidator } from './validate-cell';
import { copyBytes, copyUndoubled, escapeBytes, longestSpelling } from './write-text';

const QUOTE = 34;
const COMMA = 44;
const OPEN = 91;
const CLOSE = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

const jsonNull = Buffer.from('null');

/** What canonical text adds to the bytes of a cell at most (`:00`, `true`), and what stands around it in JSON. */
const aroundText = 16;
/** What a cell takes in a tuple beyond its text. */
const aroundCell = lengthBytes + aroundValue + aroundText;

/** About two segments' worth. */
const keptBatches = 64;

/** Writes records as tuples of COPY's binary format, from bytes to bytes. */
export class TupleWriter {
  private readonly pool: BufferPool;
  private out: Buffer;
  private at = 0;
  private readonly head: Buffer;
  private readonly width: number;
  private readonly widths: { fewest: number; most: number };
  /** By slot: those with a column of their own in the table. */
  private readonly columns: FastColumn[];
  /** By place in `_more`; null where no column fills it. */
  private readonly more: (FastColumn | null)[];
  /** The cells of columns that are made of others; null where there are none. */
  private readonly derived: DerivedCells | null;
  /** Bytes that a tuple takes whatever its record, and for each byte of it. */
  private readonly aroundCells: number;
  private readonly bytesPerByte: number;
  /** The canonical text of the typed cell at hand. */
  private text = Buffer.alloc(4 * KiB);
  /** What `_exact` says of the record at hand, without the brace at its end. */
  private exact = Buffer.alloc(4 * KiB);
  private exactEnd = 0;

  constructor({ target, width, options, mapping }: EncodePlan, size: number) {
    this.pool = new BufferPool(size, keptBatches);
    this.out = this.pool.take();
    this.head = tupleHead(target);
    this.width = width;
    this.widths = widthsOf(width, options);
    const derived = DerivedCells.of(mapping);
    this.derived = derived?.cells ?? null;
    const bySlot = new Map(
      mapping.map((column) => [column.slot, fastColumn(column, derived?.places.get(column) ?? null)]),
    );
    this.columns = target.columns.flatMap(({ slot }) => bySlot.get(slot) ?? []);
    this.more = target.more.map((slot) => (slot === null ? null : (bySlot.get(slot) ?? null)));
    this.aroundCells = [...this.columns, ...this.more].reduce(
      (sum, column) => sum + 2 * aroundCell + longestSpelling * (emptyLength(column) + 1),
      this.head.length + 3 * aroundCell,
    );
    this.bytesPerByte = this.more.length > 0 ? longestSpelling : 2;
  }

  /** Bytes of the tuples since {@link take} was last called. */
  get size(): number {
    return this.at;
  }

  /** The tuples since the last call, which stay as they are until they are released. */
  take(): { tuples: Buffer; release(): void } {
    const { out, pool } = this;
    const tuples = out.subarray(0, this.at);
    this.out = pool.take();
    this.at = 0;
    return { tuples, release: () => pool.give(out) };
  }

  /** Adds tuples that were made elsewhere. */
  add(tuples: Uint8Array): void {
    this.reserve(tuples.length);
    this.out.set(tuples, this.at);
    this.at += tuples.length;
  }

  /**
   * Checks a record and writes its tuple.
   * @param size bytes of the record
   * @returns false, and nothing is written, when it cannot vouch for the record
   */
  write(bytes: Buffer, record: RecordCells, size: number, rowNumber: number): boolean {
    if (record.count !== this.width && !this.fits(record)) return false;
    const { columns, head, derived } = this;
    if (derived !== null && !derived.make(bytes, record)) return false;
    this.reserve(this.aroundCells + (size + (derived?.size ?? 0)) * this.bytesPerByte);
    const { out } = this;
    this.exactEnd = 0;
    let o = writeInt32(rowNumber, out, copyBytes(head, 0, head.length, out, this.at));
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i];
      if (column === undefined) continue;
      if (column.isDerived && derived !== null) o = this.writeCell(derived.bytes, derived, column, o);
      else o = this.writeCell(bytes, record, column, o);
      if (o < 0) return false;
    }
    if (this.more.length > 0) {
      o = this.writeMore(bytes, record, o);
      if (o < 0) return false;
    }
    this.at = this.writeExact(o);
    return true;
  }

  private writeCell(bytes: Buffer, record: RecordCells, column: FastColumn, at: number): number {
    return column.write === null
      ? this.writeText(bytes, record, column, at)
      : this.writeTyped(bytes, record, column, at);
  }

  /** A text with a column of its own. @returns where writing goes on, or -1 */
  private writeText(bytes: Buffer, record: RecordCells, column: FastColumn, at: number): number {
    const { index, validate, empty } = column;
    const { out } = this;
    const from = record.from[index] ?? 0;
    const to = record.to[index] ?? 0;
    const start = at + lengthBytes;
    let end: number;
    if (index >= record.count || from === to) {
      if (empty === null) return -1;
      if (empty === nothing) return writeInt32(noValue, out, at);
      end = copyBytes(empty, 0, empty.length, out, start);
    } else {
      const doubled = ((record.spelled[index] ?? 0) & spelling.doubled) !== 0;
      end = doubled ? copyUndoubled(bytes, from, to, out, start) : copyBytes(bytes, from, to, out, start);
      if (validate !== null && !validate(out, start, end)) return -1;
    }
    writeInt32(end - start, out, at);
    return end;
  }

  /** A number, a day, a time, or truth. @returns where writing goes on, or -1 */
  private writeTyped(bytes: Buffer, record: RecordCells, column: FastColumn, at: number): number {
    const { index, writeValue } = column;
    if (writeValue === null || index >= record.count) return this.writeBesideText(bytes, record, column, at);
    const start = at + lengthBytes;
    const end = writeValue(bytes, record.from[index] ?? 0, record.to[index] ?? 0, this.out, start);
    if (end < 0) return this.writeBesideText(bytes, record, column, at);
    writeInt32(end - start, this.out, at);
    return end;
  }

  /** The same by its canonical text. */
  private writeBesideText(bytes: Buffer, record: RecordCells, column: FastColumn, at: number): number {
    const length = this.writeCanonical(bytes, record, column);
    if (length < 0) return length === rejected ? -1 : writeInt32(noValue, this.out, at);
    const { encoder, exactPrefix } = column;
    const { text, out } = this;
    if (encoder === null) throw new Error('The fast path writes no such type.');
    if (encoder.prints !== null && !encoder.prints(text, 0, length)) {
      const { exact } = this;
      exact[this.exactEnd] = this.exactEnd === 0 ? OPEN_BRACE : COMMA;
      let e = copyBytes(exactPrefix, 0, exactPrefix.length, exact, this.exactEnd + 1);
      e = copyBytes(text, 0, length, exact, e);
      exact[e] = QUOTE;
      this.exactEnd = e + 1;
    }
    const start = at + lengthBytes;
    const end = encoder.write(text, 0, length, out, start);
    if (end < 0) return writeInt32(noValue, out, at);
    writeInt32(end - start, out, at);
    return end;
  }

  /** Writes the canonical text of a cell that is no text into `text`. @returns its length, or `rejected`, or `isEmpty` */
  private writeCanonical(bytes: Buffer, record: RecordCells, column: FastColumn): number {
    const { index, write, validate, empty } = column;
    const { text } = this;
    const from = record.from[index] ?? 0;
    const to = record.to[index] ?? 0;
    if (index >= record.count || from === to || isBlankBytes(bytes, from, to)) {
      if (empty === null) return rejected;
      return empty === nothing ? isEmpty : copyBytes(empty, 0, empty.length, text, 0);
    }
    // Its bytes are not its text.
    if (((record.spelled[index] ?? 0) & spelling.doubled) !== 0 || write === null) return rejected;
    let length = write(bytes, from, to, text, 0);
    if (length < 0) length = this.writeChecked(bytes, from, to, column);
    return length < 0 || (validate !== null && !validate(text, 0, length)) ? rejected : length;
  }

  /** Has one cell checked as text. Canonical text of numbers, days, times and truth is ASCII. */
  private writeChecked(bytes: Buffer, from: number, to: number, column: FastColumn): number {
    const checked = column.check(bytes.toString('utf8', from, to));
    // 1E300 is written out: so long a cell may have no room left.
    if (typeof checked !== 'string' || checked.length > to - from + aroundText / 2) return -1;
    return this.text.write(checked, 0, 'latin1');
  }

  /** The cells without a column of their own, as JSON. @returns where writing goes on, or -1 */
  private writeMore(bytes: Buffer, record: RecordCells, at: number): number {
    const { out, more, derived } = this;
    const start = at + lengthBytes;
    out[start] = jsonbVersion;
    let o = start + 1;
    for (let i = 0; i < more.length; i++) {
      out[o++] = i === 0 ? OPEN : COMMA;
      const column = more[i] ?? null;
      o =
        column === null
          ? copyBytes(jsonNull, 0, jsonNull.length, out, o)
          : column.isDerived && derived !== null
            ? this.writeJson(derived.bytes, derived, column, o)
            : this.writeJson(bytes, record, column, o);
      if (o < 0) return -1;
    }
    out[o++] = CLOSE;
    writeInt32(o - start, out, at);
    return o;
  }

  /** A cell as JSON. @returns where writing goes on, or -1 */
  private writeJson(bytes: Buffer, record: RecordCells, column: FastColumn, at: number): number {
    const { index, write, validate, empty } = column;
    const { out, text } = this;
    const from = record.from[index] ?? 0;
    const to = record.to[index] ?? 0;
    let length = isEmpty;
    if (write !== null) length = this.writeCanonical(bytes, record, column);
    else if (index >= record.count || from === to) {
      if (empty === null) return -1;
      if (empty !== nothing) return quoted(empty, 0, empty.length, 0, out, at);
    } else {
      const spelled = record.spelled[index] ?? 0;
      if (validate !== null && !keeps(validate, bytes, from, to, spelled)) return -1;
      return quoted(bytes, from, to, spelled, out, at);
    }
    if (length === rejected) return -1;
    return length === isEmpty
      ? copyBytes(jsonNull, 0, jsonNull.length, out, at)
      : quoted(text, 0, length, 0, out, at);
  }

  private writeExact(at: number): number {
    const { out, exact, exactEnd } = this;
    if (exactEnd === 0) return writeInt32(noValue, out, at);
    const start = writeInt32(exactEnd + 2, out, at);
    out[start] = jsonbVersion;
    const end = copyBytes(exact, 0, exactEnd, out, start + 1);
    out[end] = CLOSE_BRACE;
    return end + 1;
  }

  /** Whether a record of another width is a good row: filled up, or with nothing in its further cells. */
  private fits(record: RecordCells): boolean {
    const { fewest, most } = this.widths;
    if (record.count < this.width) return record.count >= fewest;
    if (record.count > most) return false;
    for (let i = this.width; i < record.count; i++) if (record.from[i] !== record.to[i]) return false;
    return true;
  }

  /** Room for so many bytes more; what is written on the way there is never longer. */
  private reserve(size: number): void {
    if (size > this.text.length) {
      this.text = Buffer.alloc(2 * size);
      this.exact = Buffer.alloc(2 * size);
    }
    if (this.at + size <= this.out.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.out.length * 2, this.at + size));
    this.out.copy(larger, 0, 0, this.at);
    this.out = larger;
  }
}

/** In place of the length of a canonical text. */
const rejected = -1;
const isEmpty = -2;

/** Whether a cell of text keeps its column's rules. */
function keeps(validate: CellValidator, bytes: Buffer, from: number, to: number, spelled: number): boolean {
  if ((spelled & spelling.doubled) === 0) return validate(bytes, from, to);
  const text = Buffer.alloc(to - from);
  return validate(text, 0, copyUndoubled(bytes, from, to, text, 0));
}

/** Writes a text as JSON. @returns where writing goes on */
function quoted(bytes: Buffer, from: number, to: number, spelled: number, out: Buffer, at: number): number {
  out[at] = QUOTE;
  const end = escapeBytes(bytes, from, to, spelled, out, at + 1);
  out[end] = QUOTE;
  return end + 1;
}
