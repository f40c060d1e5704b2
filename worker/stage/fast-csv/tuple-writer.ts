import { BufferPool } from '@/lib/server/datasets/rows/buffer-pool';
import { tupleBytes, tupleHead } from '@/lib/server/datasets/rows/copy-format';
import { compileCell } from '@/lib/server/datasets/validate/compile-cell';
import { widthsOf } from '@/lib/server/datasets/validate/row-check';
import { checks } from '@/lib/shared/columns/validate/checks';
import type { CellCheck } from '@/lib/shared/columns/validate/types';
import type { MappedColumn } from '@/lib/shared/schema/stored-import';
import type { EncodePlan } from '../plan';
import { isBlankBytes } from './blank-bytes';
import { type RecordScanner, spelling } from './scan-record';
import { type CellValidator, validateCell } from './validate-cell';
import { type CellWriter, cellWriter } from './write-checked';
import { copyBytes, escapeBytes, longestSpelling } from './write-text';

const QUOTE = 34;
const COMMA = 44;
const OPEN = 91;
const CLOSE = 93;

/** A column as its cells are written. */
interface FastColumn {
  /** Position in the file. */
  index: number;
  /** Null for text. */
  write: CellWriter | null;
  /** For the cells that `write` does not vouch for. */
  check: CellCheck;
  /** Null where the column's rules ask nothing of its text. */
  validate: CellValidator | null;
  /** What is written for an empty cell; null where the check rejects it. */
  empty: Buffer | null;
}

/** The most a slot takes beyond its cell's bytes: comma, quotes, and what canonical text adds (`:00`, `true`). */
const aroundCell = 16;
/** A tuple's own bytes, and brackets. */
const aroundRow = tupleBytes + 2;

const nothing = Buffer.from('null');

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
  /** By slot; null where no column fills it. */
  private readonly columns: (FastColumn | null)[];
  /** Bytes that a tuple takes whatever its record. */
  private readonly aroundCells: number;

  constructor(plan: EncodePlan, size: number) {
    this.pool = new BufferPool(size, keptBatches);
    this.out = this.pool.take();
    this.head = tupleHead(plan.importId);
    this.width = plan.width;
    this.widths = widthsOf(plan.width, plan.options);
    this.columns = plan.check.values.map(() => null);
    for (const column of plan.mapping) {
      this.columns[column.slot] = {
        index: column.index,
        write: cellWriter(column),
        check: checks[column.type](column),
        validate: validateCell(column),
        empty: emptyCell(column),
      };
    }
    this.aroundCells = this.columns.reduce(
      (sum, column) => sum + aroundCell + (column?.empty?.length ?? 0),
      aroundRow,
    );
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
  write(bytes: Buffer, record: RecordScanner, size: number, rowNumber: number): boolean {
    if (record.count !== this.width && !this.fits(record)) return false;
    const { columns, head } = this;
    this.reserve(this.aroundCells + size * longestSpelling);
    const { out } = this;
    const numberAt = copyBytes(head, 0, head.length, out, this.at);
    const start = numberAt + 8;
    let o = start;
    out[o++] = OPEN;
    for (let slot = 0; slot < columns.length; slot++) {
      if (slot > 0) out[o++] = COMMA;
      const column = columns[slot] ?? null;
      o =
        column === null
          ? copyBytes(nothing, 0, nothing.length, out, o)
          : this.writeCell(bytes, record, column, o);
      if (o < 0) return false;
    }
    out[o++] = CLOSE;
    writeInt32(rowNumber, out, numberAt);
    writeInt32(o - start, out, numberAt + 4);
    this.at = o;
    return true;
  }

  /** @returns where writing goes on, or -1 */
  private writeCell(bytes: Buffer, record: RecordScanner, column: FastColumn, at: number): number {
    const { index, write, empty } = column;
    const { out } = this;
    const from = record.from[index] ?? 0;
    const to = record.to[index] ?? 0;
    if (index >= record.count || from === to || (write !== null && isBlankBytes(bytes, from, to)))
      return empty === null ? -1 : copyBytes(empty, 0, empty.length, out, at);
    return this.writeValue(bytes, record, column, at);
  }

  /** @returns where writing goes on, or -1 */
  private writeValue(bytes: Buffer, record: RecordScanner, column: FastColumn, at: number): number {
    const { index, write, validate } = column;
    const { out } = this;
    const from = record.from[index] ?? 0;
    const to = record.to[index] ?? 0;
    const spelled = record.spelled[index] ?? 0;
    out[at] = QUOTE;
    let o: number;
    if (write === null) {
      if (validate !== null && !keeps(validate, bytes, from, to, spelled)) return -1;
      o =
        spelled === 0
          ? copyBytes(bytes, from, to, out, at + 1)
          : escapeBytes(bytes, from, to, spelled, out, at + 1);
    } else {
      // Its bytes are not its text.
      if ((spelled & spelling.doubled) !== 0) return -1;
      o = write(bytes, from, to, out, at + 1);
      if (o < 0) o = this.writeChecked(bytes, from, to, column, at + 1);
      if (o < 0 || (validate !== null && !validate(out, at + 1, o))) return -1;
    }
    out[o] = QUOTE;
    return o + 1;
  }

  /** Has one cell checked as text. Canonical text of numbers, days, times and truth is ASCII. */
  private writeChecked(bytes: Buffer, from: number, to: number, column: FastColumn, at: number): number {
    const checked = column.check(bytes.toString('utf8', from, to));
    // 1E300 is written out: so long a cell may have no room left.
    if (typeof checked !== 'string' || checked.length > to - from + aroundCell / 2) return -1;
    return at + this.out.write(checked, at, 'latin1');
  }

  /** Whether a record of another width is a good row: filled up, or with nothing in its further cells. */
  private fits(record: RecordScanner): boolean {
    const { fewest, most } = this.widths;
    if (record.count < this.width) return record.count >= fewest;
    if (record.count > most) return false;
    for (let i = this.width; i < record.count; i++) if (record.from[i] !== record.to[i]) return false;
    return true;
  }

  private reserve(size: number): void {
    if (this.at + size <= this.out.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.out.length * 2, this.at + size));
    this.out.copy(larger, 0, 0, this.at);
    this.out = larger;
  }
}

/** As the check has it: the default, or nothing, or a reason why not. */
function emptyCell(column: MappedColumn): Buffer | null {
  const value = compileCell(column)('');
  if (typeof value === 'string') return Buffer.from(JSON.stringify(value));
  return value === null ? nothing : null;
}

/** Whether a cell of text keeps its column's rules. */
function keeps(validate: CellValidator, bytes: Buffer, from: number, to: number, spelled: number): boolean {
  if ((spelled & spelling.doubled) === 0) return validate(bytes, from, to);
  // Byte by byte: a quote is never a part of another character.
  const text = Buffer.from(bytes.toString('latin1', from, to).replaceAll('""', '"'), 'latin1');
  return validate(text, 0, text.length);
}

/** In network order. Not Buffer's own method, which checks its range anew for every row. */
function writeInt32(value: number, out: Buffer, at: number): void {
  out[at] = value >>> 24;
  out[at + 1] = value >>> 16;
  out[at + 2] = value >>> 8;
  out[at + 3] = value;
}
