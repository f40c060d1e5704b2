import { writeInt16, writeInt64 } from './int64';
import { type CellEncoder, notCanonical } from './types';

const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** Digits of half a long integer: so many are exact in every step. */
const half = 9;
const billion = 1e9;

/** The number that digits are. NaN where there is another byte among them. */
function numberOf(bytes: Buffer, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit >>> 0 > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** Up to 18 digits as an int8. */
export const integer: CellEncoder = {
  write(bytes, from, to, out, at) {
    const isNegative = bytes[from] === MINUS;
    const start = isNegative ? from + 1 : from;
    const middle = to - start > half ? to - half : start;
    const high = numberOf(bytes, start, middle);
    const low = numberOf(bytes, middle, to);
    if (start === to || to - start > 2 * half || Number.isNaN(high + low))
      throw notCanonical('INTEGER', bytes, from, to);
    return isNegative ? writeInt64(-high, billion, -low, out, at) : writeInt64(high, billion, low, out, at);
  },
  prints: (bytes, from, to) => !(to - from === 2 && bytes[from] === MINUS && bytes[from + 1] === ZERO),
};

const negative = 0x4000;
/** A numeric's own bytes before its digits: how many they are, the weight of the first, its sign, digits to show. */
const numericHead = 8;

/** A numeric: digits to the base of 10,000, none of them zero at either end. */
export const decimal: CellEncoder = {
  write(bytes, from, to, out, at) {
    const isNegative = bytes[from] === MINUS;
    let start = isNegative ? from + 1 : from;
    while (bytes[start] === ZERO && start < to) start++;
    let point = start;
    while (point < to && bytes[point] !== POINT) point++;
    const fraction = Math.min(point + 1, to);
    const first = at + numericHead;
    let weight = ((point - start + 3) >> 2) - 1;
    // The first digit to the base of 10,000 has what is left over by the others.
    let end = first;
    let i = start;
    for (let next = point - weight * 4; i < point; next += 4) {
      end = writeInt16(numberOf4(bytes, i, next), out, end);
      i = next;
    }
    i = fraction;
    if (end === first) {
      for (; i < to && isZero(bytes, i, Math.min(i + 4, to)); i += 4) weight--;
    }
    for (; i + 4 <= to; i += 4) end = writeInt16(numberOf4(bytes, i, i + 4), out, end);
    if (i < to) end = writeInt16(numberOf4(bytes, i, to) * tens(4 - (to - i)), out, end);
    while (end > first && out[end - 1] === 0 && out[end - 2] === 0) end -= 2;
    const digits = (end - first) >> 1;
    writeInt16(digits, out, at);
    writeInt16(digits === 0 ? 0 : weight, out, at + 2);
    writeInt16(digits > 0 && isNegative ? negative : 0, out, at + 4);
    writeInt16(to - fraction, out, at + 6);
    return end;
  },
  prints(bytes, from, to) {
    const isNegative = bytes[from] === MINUS;
    const start = isNegative ? from + 1 : from;
    if (bytes[start] === POINT || bytes[to - 1] === POINT) return false;
    if (bytes[start] === ZERO && start + 1 < to && bytes[start + 1] !== POINT) return false;
    return !isNegative || !isZero(bytes, start, to);
  },
};

/** Up to four digits. */
function numberOf4(bytes: Buffer, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit >>> 0 > 9) throw notCanonical('DECIMAL', bytes, from, to);
    number = number * 10 + digit;
  }
  return number;
}

function tens(power: number): number {
  return power === 1 ? 10 : power === 2 ? 100 : 1_000;
}

/** Whether all digits are zeros. */
function isZero(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== ZERO && bytes[i] !== POINT) return false;
  return true;
}
