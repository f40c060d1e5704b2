import { checks } from '../checks/checks';
import type { CheckOptions } from '../checks/types';
import type { ColumnType } from '../imports/contract';

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

/** Whether every one of the cells can be read so. */
export function takesAll({ type, ...options }: Reading, cells: Filled[]): boolean {
  if (type === 'JSON' && !cells.every(({ value }) => /^\s*[[{]/.test(value))) return false;
  const check = checks[type](options);
  return cells.every(({ value }) => typeof check(value) === 'string');
}

/** A value as it stands in a sentence: on one line, and not too long. */
export function shown(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return `“${line.length > 40 ? `${line.slice(0, 39)}…` : line}”`;
}
