import { isUtf8 } from 'node:buffer';
import { decodeUtf8, incompleteTail } from '@/worker/read/csv/decode/utf8';
import { parsePiece } from '@/worker/read/csv/parse-piece';
import { problemsOf } from '@/worker/read/csv/problems';
import { type CsvLayout, limits, type Position } from '@/worker/read/source/types';
import type { EncodePlan } from '../plan';
import type { PieceWindow } from './piece-window';
import { type FastRows, RowCollector } from './row-collector';
import { RecordScanner, scanned } from './scan-record';

/**
 * Turns the bytes of records into tuples for COPY, and keeps count of rows, lines and bytes. A record that it
 * cannot vouch for goes the usual way, alone; where a record may not end where it seems to, the fast path ends.
 */
export class FastCsvEncoder {
  /** Set when the window holds more whole records: those so far are many, and are to be handed on first. */
  more = false;
  /** Set when the file's rest, from {@link position} on, is for the reader. */
  left = false;
  private row: number;
  private line: number;
  private offset: number;
  private readonly skipTo: number;
  private readonly scanner: RecordScanner;
  private readonly rows: RowCollector;

  /** @param tupleBytes bytes of output to have room for at first */
  constructor(
    private readonly layout: CsvLayout,
    plan: EncodePlan,
    from: Position,
    tupleBytes: number,
  ) {
    this.row = from.base ?? from.row;
    this.line = from.line;
    this.offset = from.offset ?? 0;
    this.skipTo = Math.max(from.row, layout.firstRow - 1);
    this.scanner = new RecordScanner(layout.delimiter, layout.quote === '"' ? '"' : null);
    this.rows = new RowCollector(plan, tupleBytes);
  }

  /** Where the next record starts. */
  position(): Position & { offset: number } {
    return { row: this.row, offset: this.offset, line: this.line };
  }

  /** Leaves out a byte order mark, at the start of a file only. */
  skipMark(window: PieceWindow): void {
    const { bytes, at, end } = window;
    if (end - at < 3 || bytes[at] !== 0xef || bytes[at + 1] !== 0xbb || bytes[at + 2] !== 0xbf) return;
    window.used(at + 3);
    this.offset += 3;
  }

  /**
   * Uses up the whole records of a window.
   * @param final whether the file ends with it
   * @returns their rows; null when there are none to give out
   */
  encode(window: PieceWindow, final: boolean): FastRows | null {
    const { bytes, end } = window;
    const begin = window.at;
    const whole = final
      ? window.rest()
      : window.rest().subarray(0, end - begin - incompleteTail(window.rest()));
    const valid = isUtf8(whole);
    let at = begin;
    this.more = false;
    while (at < end) {
      if (this.rows.isFull) {
        this.more = true;
        break;
      }
      const next = this.scanner.scan(bytes, at, end, final);
      if (next === scanned.incomplete) {
        // The reader says what is wrong with a record without end.
        this.left = end - at > limits.recordCharacters;
        break;
      }
      if (next === scanned.uncertain || next - at > limits.recordCharacters) {
        this.left = true;
        break;
      }
      this.take(bytes, at, next, valid);
      at = next;
    }
    window.used(at);
    this.offset += at - begin;
    return this.rows.take();
  }

  /** Counts the record that was scanned last, and writes it if it is a row. */
  private take(bytes: Buffer, from: number, to: number, valid: boolean): void {
    const { scanner } = this;
    this.row++;
    const line = this.line;
    this.line += scanner.lineBreaks + 1;
    if (this.row <= this.skipTo) return;
    // A blank line; an empty cell in quotes is a record.
    if (scanner.count === 1 && scanner.to[0] === from) return;
    const plain = !scanner.hasNul() && (valid || isUtf8(bytes.subarray(from, to)));
    if (plain) this.rows.add(bytes, scanner, to - from, this.row);
    else this.checkRecord(bytes.subarray(from, to), line);
  }

  /** One record the usual way: decoded, parsed, checked. */
  private checkRecord(record: Buffer, line: number): void {
    const piece = parsePiece(decodeUtf8(record), this.layout, true, line);
    if (piece.rows.length !== 1) throw new Error(`Line ${line} holds ${piece.rows.length} records, not one.`);
    // First: it makes the cells presentable.
    const problems = problemsOf(piece, this.row, line);
    this.rows.check(piece.rows, this.row, problems);
  }
}
