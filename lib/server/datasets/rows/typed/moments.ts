import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import { daysSince2000 } from './days';
import { writeInt32, writeInt64 } from './int64';
import { type CellEncoder, notCanonical } from './types';

const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const Z = 90;

const daySeconds = 86_400;
const million = 1e6;

const dayLength = 'YYYY-MM-DD'.length;
const timeLength = 'HH:MM:SS'.length;
const zoneLength = '+HH:MM'.length;
/** PostgreSQL keeps so many digits of a second. */
const keptDigits = 6;

function two(bytes: Buffer, at: number): number {
  return ((bytes[at] ?? 0) - ZERO) * 10 + (bytes[at + 1] ?? 0) - ZERO;
}

function daysAt(bytes: Buffer, at: number): number {
  return daysSince2000(two(bytes, at) * 100 + two(bytes, at + 2), two(bytes, at + 5), two(bytes, at + 8));
}

function secondsAt(bytes: Buffer, at: number): number {
  return two(bytes, at) * 3_600 + two(bytes, at + 3) * 60 + two(bytes, at + 6);
}

/** Where the digits of a second's fraction end that begins with a point. */
function endOfFraction(bytes: Buffer, at: number, to: number): number {
  if (at === to || bytes[at] !== POINT) return at;
  let i = at + 1;
  while (i < to && (bytes[i] ?? 0) >= ZERO && (bytes[i] ?? 0) <= NINE) i++;
  return i;
}

/** Microseconds of a fraction of up to nine digits, rounded as PostgreSQL does it: a double, and halves to the even one. */
function microseconds(bytes: Buffer, from: number, to: number): number {
  if (from >= to) return 0;
  let digits = 0;
  let unit = 1;
  for (let i = from + 1; i < to; i++) {
    digits = digits * 10 + (bytes[i] ?? 0) - ZERO;
    unit *= 10;
  }
  if (unit <= million) return digits * (million / unit);
  const exact = (digits / unit) * million;
  const below = Math.floor(exact);
  const over = exact - below;
  return over > 0.5 || (over === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/** A second's fraction that is spelled as PostgreSQL does it, which begins at `at`: nothing, or up to six digits without a zero at the end. */
function printsFraction(bytes: Buffer, at: number, to: number): boolean {
  if (at === to) return true;
  const last = bytes[to - 1] ?? 0;
  return bytes[at] === POINT && to - at <= keptDigits + 1 && last > ZERO && last <= NINE;
}

function assertLength(holds: boolean, type: ColumnType, bytes: Buffer, from: number, to: number): void {
  if (!holds) throw notCanonical(type, bytes, from, to);
}

/** `YYYY-MM-DD` as days. */
export const date: CellEncoder = {
  write(bytes, from, to, out, at) {
    assertLength(to - from === dayLength, 'DATE', bytes, from, to);
    return writeInt32(daysAt(bytes, from), out, at);
  },
  prints: null,
};

/** `HH:MM:SS[.fraction]` as microseconds. */
export const time: CellEncoder = {
  write(bytes, from, to, out, at) {
    const fraction = from + timeLength;
    assertLength(to >= fraction && endOfFraction(bytes, fraction, to) === to, 'TIME', bytes, from, to);
    return writeInt64(secondsAt(bytes, from), million, microseconds(bytes, fraction, to), out, at);
  },
  prints: (bytes, from, to) => printsFraction(bytes, from + timeLength, to),
};

const datePrefix = dayLength + 1;

/** `YYYY-MM-DDTHH:MM:SS[.fraction][zone]` as microseconds, in UTC where it has a zone. */
export const dateTime: CellEncoder = {
  write(bytes, from, to, out, at) {
    const fraction = from + datePrefix + timeLength;
    assertLength(to >= fraction, 'DATETIME', bytes, from, to);
    const zone = endOfFraction(bytes, fraction, to);
    const offset = offsetAt(bytes, zone, to);
    if (Number.isNaN(offset)) return -1;
    const seconds = daysAt(bytes, from) * daySeconds + secondsAt(bytes, from + datePrefix) - offset;
    return writeInt64(seconds, million, microseconds(bytes, fraction, zone), out, at);
  },
  prints: (bytes, from, to) => printsFraction(bytes, from + datePrefix + timeLength, to),
};

/** Seconds that a zone is ahead of UTC. NaN for one that PostgreSQL has not: files of earlier days may hold them. */
function offsetAt(bytes: Buffer, at: number, to: number): number {
  if (at === to || (bytes[at] === Z && at + 1 === to)) return 0;
  const sign = bytes[at] === PLUS ? 1 : bytes[at] === MINUS ? -1 : 0;
  assertLength(sign !== 0 && to - at === zoneLength, 'DATETIME', bytes, at, to);
  const hours = two(bytes, at + 1);
  const minutes = two(bytes, at + 4);
  return hours > 15 || minutes > 59 ? Number.NaN : sign * (hours * 3_600 + minutes * 60);
}
