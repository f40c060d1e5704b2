import { daysSince2000 } from '@/lib/server/datasets/rows/typed/days';
import { writeInt16, writeInt32, writeInt64 } from '@/lib/server/datasets/rows/typed/int64';
import { exists } from '@/lib/shared/columns/validate/calendar';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import type { CellWriter } from './write-text';

/**
 * A writer of a column's values as PostgreSQL has them, without their canonical text between: for spellings that PostgreSQL
 * prints alike, which nearly all have. It cannot vouch for others. Measured with 500,000 rows of seven columns, of which
 * four are no texts: a tenth less time.
 * @returns null for types that have none
 */
export function valueWriter({ type, decimalSign }: MappedColumn): CellWriter | null {
  switch (type) {
    case 'INTEGER':
      return writeIntegerValue;
    case 'DECIMAL':
      return decimalSign === ',' ? null : writeDecimalValue;
    case 'DATE':
      return writeDateValue;
    default:
      return null;
  }
}

const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** So many digits are exact as JavaScript's numbers. */
const exactDigits = 15;

const writeIntegerValue: CellWriter = (bytes, from, to, out, at) => {
  const isNegative = bytes[from] === MINUS;
  const start = isNegative ? from + 1 : from;
  // What stands behind an empty cell may be a minus.
  if (to - start > exactDigits || to <= start) return -1;
  // A single zero, or a number that begins with another digit; the minus of -0 would be lost.
  if (bytes[start] === ZERO && to - from > 1) return -1;
  let value = 0;
  for (let i = start; i < to; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit >>> 0 > 9) return -1;
    value = value * 10 + digit;
  }
  return writeInt64(0, 0, isNegative ? -value : value, out, at);
};

const base = 10_000;
/** Digits of the whole part and of the fraction: two digits to the base of 10,000 each. */
const mostDigits = 8;
const negative = 0x4000;

const writeDecimalValue: CellWriter = (bytes, from, to, out, at) => {
  const isNegative = bytes[from] === MINUS;
  const start = isNegative ? from + 1 : from;
  let whole = 0;
  let i = start;
  for (; i < to; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit >>> 0 > 9) break;
    whole = (whole * 10 + digit) | 0;
  }
  const point = i;
  if (point === start || point - start > mostDigits) return -1;
  if (bytes[start] === ZERO && point - start > 1) return -1;
  let scale = 0;
  let fraction = 0;
  if (point < to) {
    scale = to - point - 1;
    if (bytes[point] !== POINT || scale === 0 || scale > mostDigits) return -1;
    for (i = point + 1; i < to; i++) {
      const digit = (bytes[i] ?? 0) - ZERO;
      if (digit >>> 0 > 9) return -1;
      fraction = (fraction * 10 + digit) | 0;
    }
    for (i = scale; i < mostDigits; i++) fraction = (fraction * 10) | 0;
  }
  // Zero is spelled in too many ways.
  if (whole === 0) return -1;
  return writeDigits(whole, fraction, isNegative ? negative : 0, scale, out, at);
};

/** A numeric of up to four digits, whose whole part is not zero. */
function writeDigits(
  whole: number,
  fraction: number,
  sign: number,
  scale: number,
  out: Buffer,
  at: number,
): number {
  const high = (whole / base) | 0;
  const first = (fraction / base) | 0;
  const last = fraction - first * base;
  const low = whole - high * base;
  let o = at + 8;
  if (high > 0) o = writeInt16(high, out, o);
  // Zeros at the end are left out.
  if (fraction > 0 || low > 0) o = writeInt16(low, out, o);
  if (fraction > 0) o = writeInt16(first, out, o);
  if (last > 0) o = writeInt16(last, out, o);
  writeInt16((o - at - 8) >> 1, out, at);
  writeInt16(high > 0 ? 1 : 0, out, at + 2);
  writeInt16(sign, out, at + 4);
  writeInt16(scale, out, at + 6);
  return o;
}

/** Two digits as a number, or -1. */
function two(bytes: Buffer, at: number): number {
  const tens = (bytes[at] ?? 0) - ZERO;
  const ones = (bytes[at + 1] ?? 0) - ZERO;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? -1 : tens * 10 + ones;
}

const writeDateValue: CellWriter = (bytes, from, to, out, at) => {
  if (to - from !== 10 || bytes[from + 4] !== MINUS || bytes[from + 7] !== MINUS) return -1;
  const hundreds = two(bytes, from);
  const rest = two(bytes, from + 2);
  const month = two(bytes, from + 5);
  const day = two(bytes, from + 8);
  if (hundreds < 0 || rest < 0 || !exists(hundreds * 100 + rest, month, day)) return -1;
  return writeInt32(daysSince2000(hundreds * 100 + rest, month, day), out, at);
};
