import { exists } from '@/lib/shared/columns/validate/calendar';
import type { DateOrder } from '@/lib/shared/schema/dataset/column';
import type { CellWriter } from './write-text';

const SPACE = 32;
const MINUS = 45;
const POINT = 46;
const SLASH = 47;
const ZERO = 48;
const COLON = 58;
const T = 84;
const Z = 90;

/** Two digits as a number, or -1. */
function two(bytes: Buffer, at: number): number {
  const tens = (bytes[at] ?? 0) - ZERO;
  const ones = (bytes[at + 1] ?? 0) - ZERO;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? -1 : tens * 10 + ones;
}

/** Four digits as a number, or -1. */
function four(bytes: Buffer, at: number): number {
  const hundreds = two(bytes, at);
  const rest = two(bytes, at + 2);
  return hundreds < 0 || rest < 0 ? -1 : hundreds * 100 + rest;
}

function writeTwo(value: number, out: Buffer, at: number): number {
  const tens = (value / 10) | 0;
  out[at] = ZERO + tens;
  out[at + 1] = ZERO + value - tens * 10;
  return at + 2;
}

function writeDay(year: number, month: number, day: number, out: Buffer, at: number): number {
  if (!exists(year, month, day)) return -1;
  const hundreds = (year / 100) | 0;
  let o = writeTwo(year - hundreds * 100, out, writeTwo(hundreds, out, at));
  out[o++] = MINUS;
  o = writeTwo(month, out, o);
  out[o++] = MINUS;
  return writeTwo(day, out, o);
}

/** `YYYY-MM-DD`, or two digits, two digits and the year in the column's order. Ten bytes, no other length. */
function writeDayAt(bytes: Buffer, from: number, order: DateOrder | null, out: Buffer, at: number): number {
  if (bytes[from + 4] === MINUS && bytes[from + 7] === MINUS) {
    const year = four(bytes, from);
    return year < 0 ? -1 : writeDay(year, two(bytes, from + 5), two(bytes, from + 8), out, at);
  }
  if (order !== 'DMY' && order !== 'MDY') return -1;
  const separator = bytes[from + 2];
  if (separator !== bytes[from + 5]) return -1;
  if (separator !== POINT && separator !== SLASH && separator !== MINUS) return -1;
  const year = four(bytes, from + 6);
  const first = two(bytes, from);
  const second = two(bytes, from + 3);
  if (year < 0) return -1;
  return order === 'DMY' ? writeDay(year, second, first, out, at) : writeDay(year, first, second, out, at);
}

/** `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f…` up to nine digits; written with seconds. */
export const writeTime: CellWriter = (bytes, from, to, out, at) => {
  const length = to - from;
  if (length !== 5 && (length < 8 || length === 9 || length > 18)) return -1;
  const hour = two(bytes, from);
  const minute = two(bytes, from + 3);
  const second = length === 5 ? 0 : two(bytes, from + 6);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
  if (bytes[from + 2] !== COLON || (length > 5 && bytes[from + 5] !== COLON)) return -1;
  if (length > 8 && bytes[from + 8] !== POINT) return -1;
  let o = writeTwo(hour, out, at);
  out[o++] = COLON;
  o = writeTwo(minute, out, o);
  out[o++] = COLON;
  o = writeTwo(second, out, o);
  if (length > 8) out[o++] = POINT;
  for (let i = from + 9; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if ((byte - ZERO) >>> 0 > 9) return -1;
    out[o++] = byte;
  }
  return o;
};

/** Days: see {@link writeDayAt}. */
export function writeDate(order: DateOrder | null): CellWriter {
  return (bytes, from, to, out, at) => (to - from === 10 ? writeDayAt(bytes, from, order, out, at) : -1);
}

/** A day, a space or T, and a time, in UTC (`Z`) or without a zone. */
export function writeDateTime(order: DateOrder | null): CellWriter {
  return (bytes, from, to, out, at) => {
    const gap = bytes[from + 10];
    if (to - from < 16 || (gap !== SPACE && gap !== T)) return -1;
    const day = writeDayAt(bytes, from, order, out, at);
    if (day < 0) return -1;
    out[day] = T;
    // A zone is taken after days of ISO 8601 only.
    const zoned = bytes[to - 1] === Z && bytes[from + 4] === MINUS;
    const time = writeTime(bytes, from + 11, zoned ? to - 1 : to, out, day + 1);
    if (time < 0 || !zoned) return time;
    out[time] = Z;
    return time + 1;
  };
}
