import { isUtf8 } from 'node:buffer';
import { MiB } from '@/lib/shared/bytes';
import { isSpace } from '@/worker/read/xlsx/sheet/markup-characters';
import { maxRow, RowBuilder, type RowBuilderOptions } from '@/worker/read/xlsx/sheet/row-builder';
import { SheetScanner } from '@/worker/read/xlsx/sheet/scan-sheet';
import type { Markup } from '@/worker/read/xlsx/values/text';
import type { PieceWindow } from '../fast-csv/piece-window';
import type { RowCollector } from '../fast-csv/row-collector';
import type { ValueOptions } from './cell-values';
import { RowScanner } from './row-scanner';
import { type Found, RowTag } from './row-tag';
import { tags, unusual } from './tags';

/** A row of more markup is for the usual way. */
const longestRow = MiB;

/** What a row's markup stands in, for whoever reads it alone. */
export const before = '<worksheet><sheetData>';
const behind = '</sheetData>';

/**
 * Makes rows of the bytes of a sheet. A row that it cannot vouch for goes the usual way, alone; where it cannot tell which
 * row is meant, or where one ends, the rest of the sheet goes there.
 */
export class SheetEncoder {
  /** The last row that was read. */
  row = 0;
  /** Set when all rows were read. */
  done = false;
  /** Set when the rest of the sheet, from the window's first byte on, is for the usual way. */
  left = false;
  private readonly scanner: RowScanner;
  private readonly tag = new RowTag();
  private readonly alone: RowBuilder;
  /** Where what stands behind the row that was read last begins. */
  private next = 0;

  constructor(
    private readonly rows: RowCollector,
    private readonly options: RowBuilderOptions & ValueOptions,
  ) {
    this.scanner = new RowScanner(options);
    this.alone = new RowBuilder(options);
  }

  /**
   * Uses up whole rows of a window, up to the last, which the next element may go on with.
   * @param final whether the sheet ends with it
   * @returns whether there is more to be had of these bytes, once the rows so far were handed on
   */
  encode(window: PieceWindow, final: boolean): boolean {
    const { bytes, end } = window;
    // Up to the last end tag of a row, every row is whole.
    const lastRow = window.rest().lastIndexOf(tags.rowEnd);
    const safe = lastRow < 0 ? window.at : window.at + lastRow + tags.rowEnd.length;
    const valid = isUtf8(bytes.subarray(window.at, safe));
    let at = skipSpace(bytes, window.at, end);
    let found = this.tag.read(bytes, at, end);
    while (found === 'row' && !this.rows.isFull) {
      found = this.readRow(bytes, { safe, end, valid });
      if (found === 'more' || found === 'unusual') break;
      at = this.next;
    }
    window.used(at);
    this.done = found === 'end';
    this.left = found === 'unusual' || (found === 'more' && (final || end - at > longestRow));
    return found === 'row';
  }

  /** Reads the row whose tag was read last. @returns what stands behind it; `more` and `unusual` where it is not used up */
  private readRow(bytes: Buffer, { safe, end, valid }: Whole): Found {
    const { tag, scanner } = this;
    const { number, end: start, isEmpty } = tag;
    if (number !== 0 && number <= this.row) return 'unusual';
    if (!isEmpty && start >= safe) return 'more';
    const row = number === 0 ? this.row + 1 : number;
    const scanned = isEmpty ? start : scanner.scan(bytes, start);
    const isPlain = scanned !== unusual;
    const close = isPlain ? scanned : bytes.indexOf(tags.rowEnd, start) + tags.rowEnd.length;
    this.next = skipSpace(bytes, close, end);
    const found = tag.read(bytes, this.next, end);
    if (found === 'more' || found === 'unusual') return found;
    // The next element may be the same row once more, or be counted by its place.
    if (found === 'row' && tag.number !== 0 && tag.number <= row) return 'unusual';
    if (isPlain && row <= maxRow && (valid || isUtf8(bytes.subarray(start, close)))) {
      if (!isEmpty) this.add(row);
    } else if (!this.readAlone(row, bytes.toString('latin1', start, close))) return 'unusual';
    this.row = row;
    return found;
  }

  /** The row that was scanned last. */
  private add(row: number): void {
    const { texts } = this.scanner;
    if (row < this.options.firstRow || texts.count === 0) return;
    this.rows.add(texts.bytes, texts, texts.end, row);
  }

  /** @param markup from behind the row's tag to its end. @returns false where only the strict parser can read it */
  private readAlone(row: number, markup: Markup): boolean {
    const { alone } = this;
    const scanner = new SheetScanner(alone);
    scanner.feed(`${before}<row r="${row}">${markup}${behind}`);
    if (scanner.run() !== 'more' || scanner.rest !== behind) return false;
    alone.endRows();
    const { rows, numbers, problems } = alone.take();
    const [number] = numbers;
    if (number !== undefined) this.rows.check(rows, number, problems);
    return true;
  }
}

/** What is known of the bytes at hand. */
interface Whole {
  /** Every row before this place is whole. */
  safe: number;
  end: number;
  /** All of them are UTF-8. */
  valid: boolean;
}

function skipSpace(bytes: Buffer, at: number, end: number): number {
  let i = at;
  while (i < end && isSpace(bytes[i] ?? 0)) i++;
  return i;
}
