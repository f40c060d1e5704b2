import { checks } from '../validate/checks';
import type { Filled, Reading } from './readings';

const leadingZero = /^[+-]?0\d+(?:[.,]\d*)?$/;
const longDigits = /\d{16}/;
const power = /^[+-]?[\d.,]+[eE][+-]?\d+$/;
const phone = /^\+\d+[\s\u00a0]\d/;
const numeric = /^[\d.,+\-eE]+$/;

/**
 * The first cell that a number would change: leading zeros, more than 15 digits, powers (`1E5`: perhaps an article
 * number). Dates have leading zeros as well, and are none. What a workbook has as a number is one.
 */
export function changedByNumbers(filled: Filled[]): Filled | undefined {
  return filled.find(({ value, isNumber }) => {
    if (isNumber) return false;
    const text = value.trim();
    return (
      leadingZero.test(text) ||
      (longDigits.test(text) && numeric.test(text)) ||
      power.test(text) ||
      phone.test(text)
    );
  });
}

/** `1,234` and `1.659`: thousands to some people and a fraction to others. Before a zero there are no thousands. */
export const oneGroup = /(?<![\d.,]|\d[ '’\u00a0\u2007\u2009\u202f])[1-9]\d{0,2}([.,])\d{3}(?![\d.,])/;
/** What only a decimal separator does: other than three digits behind it, more than three or a zero before it. */
const decimalOnly = (sign: string) => {
  const mark = sign === '.' ? '\\.' : ',';
  return new RegExp(
    `(?:^|[^\\d.,])(?:\\d*${mark}(?:\\d{1,2}|\\d{4,})?|\\d{4,}${mark}\\d*|0?${mark}\\d+)(?![\\d.,])`,
  );
};
const onlyDecimal = { '.': decimalOnly('.'), ',': decimalOnly(',') };
/** What shows that a sign sets thousands apart: it stands there twice, or before the other one. */
const groupsOnly = { '.': /\d\.\d{3}\.\d|\d\.\d{3},/, ',': /\d,\d{2,3},\d|\d,\d{3}\./ };

/**
 * The first cell that is a single group of three digits after one separator, where no other cell of the column says
 * whether that is a decimal separator; undefined where there is none, or it is decided.
 */
export function undecidedGroup(filled: Filled[]): Filled | undefined {
  const texts = filled.filter(({ isNumber }) => !isNumber);
  for (const cell of texts) {
    const sign = oneGroup.exec(cell.value)?.[1];
    if (sign !== '.' && sign !== ',') continue;
    const other = sign === '.' ? ',' : '.';
    const decided = texts.some(
      ({ value }) =>
        onlyDecimal[sign].test(value) ||
        onlyDecimal[other].test(value) ||
        groupsOnly[sign].test(value) ||
        groupsOnly[other].test(value),
    );
    return decided ? undefined : cell;
  }
  return undefined;
}

/** A decimal without the zeros that say nothing. */
function worth(text: string): string {
  const number = text.trim().replace(/^\+/, '').replace(',', '.');
  return number.includes('.') ? number.replace(/0+$/, '').replace(/\.$/, '') : number;
}

/** Two cells that are one number and two texts, in a column in which no text comes twice: codes like 1.1 and 1.10. */
export function dottedCodes(filled: Filled[]): [Filled, Filled] | null {
  const texts = new Set<string>();
  const numbers = new Map<string, Filled>();
  let found: [Filled, Filled] | null = null;
  for (const cell of filled) {
    if (cell.isNumber || texts.has(cell.value)) return null;
    texts.add(cell.value);
    const number = worth(cell.value);
    const same = numbers.get(number);
    if (same) found ??= [same, cell];
    else numbers.set(number, cell);
  }
  return found;
}

const section = /^(\d{1,3})\.(\d{1,3})$/;

/**
 * Two cells after each other that continue 1.9, 1.10, in a column that mostly does so: numbers of
 * sections or versions, of which a decimal would make 1.1.
 */
export function countingCodes(filled: Filled[]): [Filled, Filled] | null {
  const texts = new Set(filled.map(({ value }) => value));
  if (texts.size < filled.length) return null;
  const codes = filled.flatMap((cell) => {
    const [, whole, part] = (!cell.isNumber && section.exec(cell.value.trim())) || [];
    return whole === undefined || part === undefined ? [] : [{ cell, whole, part }];
  });
  if (codes.length < filled.length) return null;
  const pairs = codes.slice(1).flatMap((code, i) => {
    const before = codes[i];
    return before?.whole === code.whole ? [{ before, code }] : [];
  });
  const steps = pairs.filter(({ before, code }) => Number(code.part) === Number(before.part) + 1);
  const carried = steps.find(({ before, code }) => code.part.length > before.part.length);
  return carried && steps.length > pairs.length / 2 ? [carried.before.cell, carried.code.cell] : null;
}

const zone = /\d(?::\d{2}){1,2}(?:[.,]\d+)?\s?(?:Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)$/i;

/** One moment with a time zone and one without, where a column has both. */
export function mixedZones(filled: Filled[]): { zoned: Filled; local: Filled } | null {
  let zoned: Filled | undefined;
  let local: Filled | undefined;
  for (const cell of filled) {
    if (!/\d:\d{2}/.test(cell.value)) continue;
    if (zone.test(cell.value.trim())) zoned ??= cell;
    else local ??= cell;
    if (zoned && local) return { zoned, local };
  }
  return null;
}

/** What stands between the numbers of a day that is written with its year last, or with a year of two digits. */
const ordered = /(?<!\d)\d{1,2}([./-])\d{1,2}\1\d/;

/**
 * A date of which nothing shows whether its day or its month comes first. Each separator has to be proven for itself:
 * a column with 31.12.2026 and 01/02/2026 comes from two places, and the one says nothing about the other.
 * @param reading one that takes all of the cells, day first or month first
 */
export function undecidedDate({ type, ...options }: Reading, cells: Filled[]): Filled | undefined {
  const [dayFirst, monthFirst] = (['DMY', 'MDY'] as const).map((dateOrder) =>
    checks[type]({ ...options, dateOrder }),
  );
  const open = new Map<string, Filled>();
  const proven = new Set<string>();
  for (const cell of cells) {
    const separator = ordered.exec(cell.value)?.[1];
    if (separator === undefined || proven.has(separator)) continue;
    const either = [dayFirst, monthFirst].every((check) => typeof check?.(cell.value) === 'string');
    if (!either) proven.add(separator);
    else if (!open.has(separator)) open.set(separator, cell);
  }
  return [...open].find(([separator]) => !proven.has(separator))?.[1];
}
