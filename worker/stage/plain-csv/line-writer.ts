import { checks } from '../../check/checks';
import type { CellCheck } from '../../check/types';
import type { EncodePlan } from '../plan';
import { type RecordScanner, spelling } from './scan-record';
import { type CellWriter, cellWriter } from './write-checked';
import { copyBytes, escapeBytes, longestSpelling } from './write-text';

const TAB = 9;
const LF = 10;
const QUOTE = 34;
const COMMA = 44;
const ZERO = 48;
const OPEN = 91;
const CLOSE = 93;

/** A column as its cells are written. */
interface LaneColumn {
  /** Position in the file. */
  index: number;
  /** Null for text. */
  write: CellWriter | null;
  /** For the cells that `write` does not vouch for. */
  check: CellCheck;
}

/** The most a slot takes beyond its cell's bytes: comma, quotes, and what canonical text adds (`:00`, `true`). */
const aroundCell = 16;
/** Digits of a row number, tab, brackets, line end. */
const aroundRow = 32;

/** Writes records as lines of COPY's text format (`copyText`), from bytes to bytes. */
export class LineWriter {
  private out: Buffer;
  private at = 0;
  private readonly prefix: Buffer;
  private readonly width: number;
  private readonly pad: boolean;
  /** By slot; null where no column fills it. */
  private readonly columns: (LaneColumn | null)[];

  constructor(plan: EncodePlan, size: number) {
    this.out = Buffer.allocUnsafeSlow(size);
    this.prefix = Buffer.from(`${plan.importId}\t`);
    this.width = plan.width;
    this.pad = plan.options.shortRows === 'pad';
    this.columns = plan.check.values.map(() => null);
    for (const column of plan.mapping) {
      this.columns[column.slot] = {
        index: column.index,
        write: cellWriter(column),
        check: checks[column.type](column),
      };
    }
  }

  /** The lines since the last call, in memory of their own. */
  take(): Buffer {
    const lines = Buffer.allocUnsafeSlow(this.at);
    this.out.copy(lines, 0, 0, this.at);
    this.at = 0;
    return lines;
  }

  /** Adds lines that were made elsewhere. */
  add(lines: string): void {
    this.reserve(lines.length * 3);
    this.at += this.out.write(lines, this.at);
  }

  /**
   * Checks a record and writes its line.
   * @param size bytes of the record
   * @returns false, and nothing is written, when it cannot vouch for the record
   */
  write(bytes: Buffer, record: RecordScanner, size: number, rowNumber: number): boolean {
    if (record.count !== this.width && !this.fits(record)) return false;
    const { columns, prefix } = this;
    this.reserve(prefix.length + aroundRow + columns.length * aroundCell + size * longestSpelling);
    const { out } = this;
    let o = copyBytes(prefix, 0, prefix.length, out, this.at);
    o = writeNumber(rowNumber, out, o);
    out[o++] = TAB;
    out[o++] = OPEN;
    for (let slot = 0; slot < columns.length; slot++) {
      if (slot > 0) out[o++] = COMMA;
      const column = columns[slot] ?? null;
      o = column === null ? writeNull(out, o) : this.writeCell(bytes, record, column, o);
      if (o < 0) return false;
    }
    out[o++] = CLOSE;
    out[o++] = LF;
    this.at = o;
    return true;
  }

  /** @returns where writing goes on, or -1 */
  private writeCell(bytes: Buffer, record: RecordScanner, column: LaneColumn, at: number): number {
    const { index, write } = column;
    const { out } = this;
    if (index >= record.count) return writeNull(out, at);
    const from = record.from[index] ?? 0;
    const to = record.to[index] ?? 0;
    if (from === to) return writeNull(out, at);
    const spelled = record.spelled[index] ?? 0;
    out[at] = QUOTE;
    let o: number;
    if (write === null) {
      o =
        spelled === 0
          ? copyBytes(bytes, from, to, out, at + 1)
          : escapeBytes(bytes, from, to, spelled, out, at + 1);
    } else {
      // Its bytes are not its text.
      if ((spelled & spelling.doubled) !== 0) return -1;
      o = write(bytes, from, to, out, at + 1);
      if (o < 0) o = this.writeChecked(bytes, from, to, column, at + 1);
      if (o < 0) return -1;
    }
    out[o] = QUOTE;
    return o + 1;
  }

  /** Has one cell checked as text. Canonical text of numbers, days, times and truth is ASCII. */
  private writeChecked(bytes: Buffer, from: number, to: number, column: LaneColumn, at: number): number {
    const checked = column.check(bytes.toString('utf8', from, to));
    // 1E300 is written out: so long a cell may have no room left.
    if (typeof checked !== 'string' || checked.length > to - from + aroundCell / 2) return -1;
    return at + this.out.write(checked, at, 'latin1');
  }

  /** Whether a record of another width is a good row: filled up, or with nothing in its further cells. */
  private fits(record: RecordScanner): boolean {
    if (record.count < this.width) return this.pad;
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

function writeNull(out: Buffer, at: number): number {
  out[at] = 110;
  out[at + 1] = 117;
  out[at + 2] = 108;
  out[at + 3] = 108;
  return at + 4;
}

/** A row number, which is a 32-bit integer in the database, in digits. */
function writeNumber(value: number, out: Buffer, at: number): number {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits++;
  let left = value;
  for (let i = at + digits - 1; i >= at; i--) {
    const tenth = (left / 10) | 0;
    out[i] = ZERO + left - tenth * 10;
    left = tenth;
  }
  return at + digits;
}
