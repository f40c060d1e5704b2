import { languageName, languages } from '@/lib/shared/languages';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { ColumnFormat } from '@/lib/shared/schema/dataset/column-rules';
import { checks } from '../validate/checks';
import type { CheckOptions } from '../validate/types';

/** A cell of the sample with something in it. */
export interface Filled {
  row: number;
  value: string;
  /** The workbook has it as a number, and not as a text. */
  isNumber: boolean;
}

/** A way to read a column's values, and what they are called then. */
export interface Reading extends CheckOptions {
  type: ColumnType;
  called: string;
}

/** Those that keep every character of a value, from the narrowest to the widest. */
export const plainReadings: Reading[] = [
  { type: 'INTEGER', called: 'whole numbers' },
  { type: 'DECIMAL', called: 'numbers' },
  { type: 'DECIMAL', called: 'numbers with a decimal comma', decimalSign: ',' },
  { type: 'DATE', called: 'dates' },
  { type: 'DATE', called: 'dates, day first', dateOrder: 'DMY' },
  { type: 'DATE', called: 'dates, month first', dateOrder: 'MDY' },
  { type: 'DATETIME', called: 'dates with a time' },
  { type: 'DATETIME', called: 'dates with a time, day first', dateOrder: 'DMY' },
  { type: 'DATETIME', called: 'dates with a time, month first', dateOrder: 'MDY' },
  { type: 'TIME', called: 'times of day' },
];

/** Ways to write numbers, each a little further from a plain one than the one before. */
const numberFormats: { format: ColumnFormat; called: string }[] = [
  { format: { grouping: true }, called: 'with thousands separators' },
  { format: { grouping: true, currency: true }, called: 'with a currency sign' },
  { format: { grouping: true, percent: 'number' }, called: 'with a percent sign' },
  { format: { grouping: true, indianGrouping: true }, called: 'with Indian thousands separators' },
  { format: { grouping: true, negativeSigns: true }, called: 'with negative numbers as (5), 5- or −5' },
  { format: { grouping: true, debitCredit: true }, called: 'with CR and DR, of which DR is negative' },
  { format: { grouping: true, otherDigits: true }, called: 'in digits of another script' },
  {
    format: { grouping: true, indianGrouping: true, currency: true },
    called: 'with a currency sign, Indian thousands separators',
  },
  {
    format: { grouping: true, currency: true, negativeSigns: true },
    called: 'with a currency sign and negative numbers as (5), 5- or −5',
  },
  {
    format: { grouping: true, percent: 'number', negativeSigns: true },
    called: 'with a percent sign and negative numbers as (5), 5- or −5',
  },
  {
    format: { grouping: true, currency: true, debitCredit: true },
    called: 'with a currency sign, CR and DR, of which DR is negative',
  },
];

const spelledNumbers: Reading[] = numberFormats.flatMap(({ format, called }) => [
  { type: 'INTEGER' as const, called: `whole numbers ${called}`, format },
  { type: 'DECIMAL' as const, called: `numbers ${called}`, format },
  {
    type: 'DECIMAL' as const,
    called: `numbers ${called} and a decimal comma`,
    decimalSign: ',' as const,
    format,
  },
]);

/** The year that two-digit years begin with: 00 to 49 are 2000 to 2049. */
const firstYear = 1950;
const pivot = 'two-digit years from 1950 to 2049';

const dateFormats: { format: ColumnFormat; called: string }[] = [
  { format: { firstYear }, called: pivot },
  { format: { monthNames: true }, called: 'with month names' },
  { format: { monthNames: true, firstYear }, called: `with month names and ${pivot}` },
  { format: { looseTimes: true }, called: 'times like 24:00, UTC or +01' },
  { format: { looseTimes: true, firstYear }, called: `${pivot} and times like 24:00, UTC or +01` },
  {
    format: { looseTimes: true, monthNames: true },
    called: 'with month names and times like 24:00, UTC or +01',
  },
];

const orders = [
  { dateOrder: 'DMY' as const, called: ', day first' },
  { dateOrder: 'MDY' as const, called: ', month first' },
];

const spelledDates: Reading[] = [
  ...dateFormats.flatMap(({ format, called }) =>
    (['DATE', 'DATETIME'] as const).flatMap((type) => {
      const name = type === 'DATE' ? 'dates' : 'dates with a time';
      return [
        { type, called: `${name}, ${called}`, format },
        ...orders.map((order) => ({
          type,
          called: `${name}${order.called}, ${called}`,
          dateOrder: order.dateOrder,
          format,
        })),
      ];
    }),
  ),
  { type: 'DATE', called: `dates, year first, ${pivot}`, dateOrder: 'YMD', format: { firstYear } },
  { type: 'TIME', called: 'times of day like 10:00 Uhr', format: { looseTimes: true } },
];

/** Those that a person has to agree to, since they change how values are written. */
export const spelledReadings: Reading[] = [...spelledNumbers, ...spelledDates];

/** Others that change nothing, but that a person may not want. */
export const otherReadings: Reading[] = [
  { type: 'BOOLEAN', called: 'yes or no' },
  ...languages.map((yesNo) => ({
    type: 'BOOLEAN' as const,
    called: `yes or no (${languageName(yesNo)})`,
    format: { yesNo },
  })),
  { type: 'EMAIL', called: 'e-mail addresses' },
  { type: 'URL', called: 'web addresses' },
  { type: 'JSON', called: 'JSON' },
];

/** Whether numbers, dates and times can be in a column at all: they have digits. Most columns of text are through here. */
export function haveDigits(cells: Filled[], misfits = 0): boolean {
  let without = 0;
  for (const { value } of cells) if (!/\p{Nd}/u.test(value) && ++without > misfits) return false;
  return true;
}

const needsDigits = (type: ColumnType) =>
  type === 'INTEGER' || type === 'DECIMAL' || type === 'DATE' || type === 'DATETIME' || type === 'TIME';

/**
 * The cells that cannot be read so; null as soon as they are more than `most`.
 */
export function misfitsOf({ type, ...options }: Reading, cells: Filled[], most: number): Filled[] | null {
  const check = checks[type](options);
  const misfits: Filled[] = [];
  for (const cell of cells) {
    const fits = (type !== 'JSON' || /^\s*[[{]/.test(cell.value)) && typeof check(cell.value) === 'string';
    if (!fits && misfits.push(cell) > most) return null;
  }
  return misfits;
}

/** Whether every one of the cells can be read so. */
export const takesAll = (reading: Reading, cells: Filled[]): boolean => misfitsOf(reading, cells, 0) !== null;

/** A reading with the cells that it does not take. */
export interface Fit {
  reading: Reading;
  misfits: Filled[];
}

/** Those of some readings that take all cells but a few, the ones that take most of them first. */
export function fitting(readings: Reading[], cells: Filled[], most: number): Fit[] {
  const digits = haveDigits(cells, most);
  const found = readings.flatMap((reading) => {
    if (!digits && needsDigits(reading.type)) return [];
    const misfits = misfitsOf(reading, cells, most);
    return misfits === null ? [] : [{ reading, misfits }];
  });
  // The order among those that take as many stays: the narrowest first.
  return found.sort((a, b) => a.misfits.length - b.misfits.length);
}

/** A value as it stands in a sentence: on one line, and not too long. */
export function shown(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return `“${line.length > 40 ? `${line.slice(0, 39)}…` : line}”`;
}
