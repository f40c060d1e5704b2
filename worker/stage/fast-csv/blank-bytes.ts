import { isBlank } from '@/lib/shared/blank';
import type { RecordCells } from './record-cells';

const SPACE = 32;
const TAB = 9;
const CR = 13;

/** Whether the bytes of a cell are white space and nothing else, as `isBlank` says of its text. */
export function isBlankBytes(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === SPACE || (byte >= TAB && byte <= CR)) continue;
    return mayBeSpace(byte, bytes[i + 1] ?? 0) && isBlank(bytes.toString('utf8', from, to));
  }
  return true;
}

/** The first two bytes of Unicode's other spaces: few other characters begin so. */
function mayBeSpace(first: number, second: number): boolean {
  switch (first) {
    case 0xc2:
      return second === 0xa0;
    case 0xe1:
      return second === 0x9a;
    case 0xe2:
      return second === 0x80 || second === 0x81;
    case 0xe3:
      return second === 0x80;
    case 0xef:
      return second === 0xbb;
    default:
      return false;
  }
}

/** Whether all cells of a record are blank. Nearly always its first one tells. */
export function isBlankRecord(bytes: Buffer, record: RecordCells): boolean {
  for (let i = 0; i < record.count; i++) {
    if (!isBlankBytes(bytes, record.from[i] ?? 0, record.to[i] ?? 0)) return false;
  }
  return true;
}
