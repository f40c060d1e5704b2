import { compileRules } from '@/lib/server/datasets/validate/rules';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { ColumnRules } from '@/lib/shared/schema/dataset/column-rules';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';

/** Whether the bytes of a cell's canonical text keep a rule. Where it says no, the check itself says what is wrong. */
export type CellValidator = (bytes: Buffer, from: number, to: number) => boolean;

/**
 * What a column's rules say to its cells, empty ones aside. Bounds and lengths are checked on the bytes where that is
 * certain; patterns, allowed values and close cases are for the rules themselves, which have the cell as text.
 * @returns null when they ask nothing
 */
export function validateCell({ type, rules }: MappedColumn): CellValidator | null {
  const all = compileRules(type, rules);
  if (!rules || all === null) return null;
  const { allowed, pattern } = rules;
  const others = compileRules(type, { allowed, pattern });
  const bounds = boundValidator(type, rules);
  const length = lengthValidator(rules);
  return (bytes, from, to) => {
    const certain =
      (bounds === null || bounds(bytes, from, to)) && (length === null || length(bytes, from, to));
    const rule = certain ? others : all;
    return rule === null || rule(bytes.toString('utf8', from, to)) === null;
  };
}

const never: CellValidator = () => false;

/** Says yes only where a value stands clear of its bounds. */
function boundValidator(type: ColumnType, { min, max }: ColumnRules): CellValidator | null {
  if (min === undefined && max === undefined) return null;
  if (type === 'INTEGER' || type === 'DECIMAL') return numberValidator(min, max);
  if (type === 'DATE' || type === 'DATETIME') return prefixValidator('YYYY-MM-DD'.length, min, max);
  return type === 'TIME' ? prefixValidator('HH:MM'.length, min, max) : never;
}

const MINUS = 45;
const ZERO = 48;

/** Whole numbers of so many digits are exact as JavaScript's numbers. */
const exactDigits = 15;
const shortNumber = /^-?\d{1,15}(?:\.\d*)?$/;

/** A number whose whole part is greater than another's is the greater one, whatever the fractions. */
function numberValidator(min: string | undefined, max: string | undefined): CellValidator {
  const least = min === undefined ? Number.NEGATIVE_INFINITY : wholeBound(min);
  const most = max === undefined ? Number.POSITIVE_INFINITY : wholeBound(max);
  return (bytes, from, to) => {
    const whole = wholePart(bytes, from, to);
    return whole > least && whole < most;
  };
}

/** @returns NaN, which nothing is clear of, where it is too long */
function wholeBound(bound: string): number {
  return shortNumber.test(bound) ? wholePart(Buffer.from(bound), 0, bound.length) : Number.NaN;
}

/** What stands before the point of a canonical number; NaN when that is too long. */
function wholePart(bytes: Buffer, from: number, to: number): number {
  const negative = bytes[from] === MINUS;
  const start = negative ? from + 1 : from;
  let whole = 0;
  let i = start;
  for (; i < to; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit >>> 0 > 9) break;
    whole = whole * 10 + digit;
  }
  if (i - start > exactDigits) return Number.NaN;
  return negative ? -whole : whole;
}

/** Canonical days and times line up as their bytes do. What follows after so many is not looked at here. */
function prefixValidator(length: number, min: string | undefined, max: string | undefined): CellValidator {
  if ((min ?? max ?? '').length < length || (max ?? min ?? '').length < length) return never;
  const least = min === undefined ? null : Buffer.from(min);
  const most = max === undefined ? null : Buffer.from(max);
  return (bytes, from, to) =>
    to - from >= length &&
    (least === null || difference(bytes, from, least, length) > 0) &&
    (most === null || difference(bytes, from, most, length) < 0);
}

/** Of the first byte that is another; 0 where so many are the same. */
function difference(bytes: Buffer, from: number, other: Buffer, length: number): number {
  for (let i = 0; i < length; i++) {
    const apart = (bytes[from + i] ?? 0) - (other[i] ?? 0);
    if (apart !== 0) return apart;
  }
  return 0;
}

/** The most bytes of a character in UTF-8. */
const longestCharacter = 4;

function lengthValidator({
  minLength = 0,
  maxLength = Number.POSITIVE_INFINITY,
}: ColumnRules): CellValidator | null {
  if (minLength === 0 && maxLength === Number.POSITIVE_INFINITY) return null;
  return (bytes, from, to) => {
    const size = to - from;
    if (size <= maxLength && size >= minLength * longestCharacter) return true;
    let characters = 0;
    // Every byte but those that continue a character begins one.
    for (let i = from; i < to; i++) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) characters++;
    return characters >= minLength && characters <= maxLength;
  };
}
