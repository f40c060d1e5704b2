import { lengthBytes, noValue, placeBytes } from '@/lib/server/datasets/rows/copy-format';
import { columnNames, type RowTarget } from '@/lib/server/datasets/rows/row-target';

/** Takes a cell: its column's place in the target, and where its value stands. Of an empty one, `from` is -1. */
type TakeCell = (place: number, bytes: Buffer, from: number, to: number) => void;

/** Gives out the cells of tuples as COPY takes them: of the columns that have one of their own in the table. */
export function readTuples(target: RowTarget, tuples: Uint8Array, take: TakeCell): void {
  const bytes = Buffer.from(tuples.buffer, tuples.byteOffset, tuples.byteLength);
  const own = target.columns.length;
  // Those behind its place in the file; the last ones are `_more`, if there is one, and `_exact`.
  const fields = columnNames(target).length - 2;
  for (let at = 0; at < bytes.length; ) {
    at += placeBytes;
    for (let i = 0; i < fields; i++) {
      const length = bytes.readInt32BE(at);
      at += lengthBytes;
      const isEmpty = length === noValue;
      if (i < own) take(i, bytes, isEmpty ? -1 : at, isEmpty ? -1 : at + length);
      if (!isEmpty) at += length;
    }
  }
}
