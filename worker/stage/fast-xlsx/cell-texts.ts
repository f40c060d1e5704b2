import { KiB } from '@/lib/shared/bytes';
import { limits } from '@/worker/read/source/types';
import type { RecordCells } from '@/worker/stage/fast-csv/record-cells';

/** Bytes of the texts of one row. A row of more goes the usual way. */
const mostBytes = 256 * KiB;

/** Up to this length, a text that may be ASCII is written character by character, which is faster than a call. */
const shortText = 32;

/** The texts of the cells of one row, one after another. */
export class CellTexts implements RecordCells {
  readonly bytes: Buffer = Buffer.allocUnsafeSlow(mostBytes);
  readonly from: Int32Array = new Int32Array(limits.columns);
  readonly to: Int32Array = new Int32Array(limits.columns);
  readonly spelled: Uint8Array = new Uint8Array(limits.columns);
  count = 0;
  /** Where the next text begins. What is written beyond the end is lost, which {@link overflowed} tells. */
  end = 0;

  /** Another row begins. */
  clear(): void {
    this.count = 0;
    this.end = 0;
  }

  get overflowed(): boolean {
    return this.end > mostBytes;
  }

  /** What was written since the last cell is the text of this one; without any, it has no value. @param column not before {@link count} */
  endCell(column: number, start: number, end: number): void {
    if (start === end) return;
    const { from, to } = this;
    for (let i = this.count; i < column; i++) from[i] = to[i] = 0;
    from[column] = start;
    to[column] = end;
    this.count = column + 1;
    this.end = end;
  }

  /** Writes a text at {@link end}. @returns where it ends */
  write(text: string): number {
    const { bytes, end } = this;
    const { length } = text;
    if (length <= shortText) {
      let i = 0;
      for (; i < length; i++) {
        const unit = text.charCodeAt(i);
        if (unit > 0x7f) break;
        bytes[end + i] = unit;
      }
      if (i === length) return end + length;
    }
    const size = Buffer.byteLength(text);
    if (end + size <= mostBytes) bytes.write(text, end);
    return end + size;
  }

  cells(bytes: Buffer): string[] {
    return Array.from({ length: this.count }, (_, i) => bytes.toString('utf8', this.from[i], this.to[i]));
  }
}
