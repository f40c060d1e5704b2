import type { ColumnType } from '@/lib/shared/schema/dataset/column';

/**
 * Writes the canonical text of a value that PostgreSQL sent in its binary form.
 * @param bytes has it from `at` on
 * @param out takes the text from `to` on
 * @returns where the text ends
 */
export type Decoder = (bytes: Buffer, at: number, out: Buffer, to: number) => number;

/** Characters that a decoded text has at most: a bigint with its sign. */
export const longestDecoded = 20;

/**
 * Types whose binary form is taken: making texts of a bigint, a date and a boolean took the database a quarter of the time in
 * which it sent a million rows of seven columns. Of a decimal, the text takes no longer.
 */
export const decoders: Partial<Record<ColumnType, Decoder>> = {
  INTEGER: decodeInteger,
  DATE: decodeDate,
  BOOLEAN: (bytes, at, out, to) => writeAscii(bytes[at] === 1 ? 'true' : 'false', out, to),
};

const two32 = 2 ** 32;
const billion = 1e9;

function decodeInteger(bytes: Buffer, at: number, out: Buffer, to: number): number {
  const value = int32At(bytes, at) * two32 + (int32At(bytes, at + 4) >>> 0);
  if (!Number.isSafeInteger(value)) return writeAscii(bytes.readBigInt64BE(at).toString(), out, to);
  let start = to;
  if (value < 0) out[start++] = 0x2d;
  const whole = Math.abs(value);
  if (whole < billion) return writeDigits(whole, digitsOf(whole), out, start);
  const head = Math.floor(whole / billion);
  const middle = writeDigits(head, digitsOf(head), out, start);
  return writeDigits(whole - head * billion, 9, out, middle);
}

/** Days from 0000-03-01 to 2000-01-01, and in 400, 100 and 4 years and in one. */
const toEpoch = 730_425;
const [days400, days100, days4, days1] = [146_097, 36_524, 1_461, 365] as const;

/** A day as PostgreSQL counts them, from 2000 on. Years here begin with March, so that a leap day is the last of one. */
function decodeDate(bytes: Buffer, at: number, out: Buffer, to: number): number {
  let days = int32At(bytes, at) + toEpoch;
  const era = Math.floor(days / days400);
  days -= era * days400;
  const century = Math.min(3, Math.floor(days / days100));
  days -= century * days100;
  const four = Math.floor(days / days4);
  days -= four * days4;
  const one = Math.min(3, Math.floor(days / days1));
  days -= one * days1;
  // Five months have 153 days, again and again.
  const month = Math.floor((5 * days + 2) / 153);
  const year = era * 400 + century * 100 + four * 4 + one + (month > 9 ? 1 : 0);
  if (year < 1 || year > 9_999) throw new Error('A stored day is in no year of four digits.');
  let end = writeDigits(year, 4, out, to);
  out[end++] = 0x2d;
  end = writeDigits(month > 9 ? month - 9 : month + 3, 2, out, end);
  out[end++] = 0x2d;
  return writeDigits(days - Math.floor((153 * month + 2) / 5) + 1, 2, out, end);
}

const int32At = (bytes: Buffer, at: number): number =>
  ((bytes[at] ?? 0) << 24) |
  ((bytes[at + 1] ?? 0) << 16) |
  ((bytes[at + 2] ?? 0) << 8) |
  (bytes[at + 3] ?? 0);

function digitsOf(value: number): number {
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits++;
  return digits;
}

/** Writes so many digits of a number below 2³¹, zeros before them. @returns where they end */
function writeDigits(value: number, digits: number, out: Buffer, to: number): number {
  let rest = value;
  for (let at = to + digits - 1; at >= to; at--) {
    const tenth = (rest / 10) | 0;
    out[at] = 0x30 + rest - tenth * 10;
    rest = tenth;
  }
  return to + digits;
}

function writeAscii(text: string, out: Buffer, to: number): number {
  for (let i = 0; i < text.length; i++) out[to + i] = text.charCodeAt(i);
  return to + text.length;
}
