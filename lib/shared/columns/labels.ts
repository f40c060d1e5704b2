import { languageName } from '../languages';
import type { ColumnType } from '../schema/dataset/column';
import type { ColumnRules, ColumnSpelling } from '../schema/dataset/column-rules';

/** Columns in the words that people read. Safe in a browser. */

const counts = new Intl.NumberFormat('en');

/** A column type in the words that people read. */
export function typeLabel(type: ColumnType): string {
  switch (type) {
    case 'TEXT':
      return 'Text';
    case 'INTEGER':
      return 'Whole number';
    case 'DECIMAL':
      return 'Decimal number';
    case 'BOOLEAN':
      return 'Yes or no';
    case 'DATE':
      return 'Date';
    case 'DATETIME':
      return 'Date and time';
    case 'TIME':
      return 'Time';
    case 'EMAIL':
      return 'E-mail address';
    case 'URL':
      return 'Web address';
    case 'CHOICE':
      return 'Choice from a list';
    case 'JSON':
      return 'JSON';
    default:
      return type satisfies never;
  }
}

/** What a column asks of its values, in a few words each. */
export function ruleWords(rules: ColumnRules | null | undefined): string[] {
  if (!rules) return [];
  const { required, unique, min, max, minLength, maxLength, pattern, allowed } = rules;
  return [
    required && 'required',
    unique && 'unique',
    rangeWords(min, max, ''),
    rangeWords(minLength, maxLength, ' characters'),
    pattern && `pattern ${pattern}`,
    allowed && `${counts.format(allowed.length)} allowed ${allowed.length === 1 ? 'value' : 'values'}`,
    rules.default !== undefined && `default ${rules.default}`,
  ].filter((word) => typeof word === 'string');
}

function rangeWords(
  least: string | number | undefined,
  most: string | number | undefined,
  unit: string,
): string | false {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (least !== undefined) return `at least ${least}${unit}`;
  return most !== undefined && `at most ${most}${unit}`;
}

/** Types whose values are read differently depending on the order of day, month and year. */
export function hasDateOrder(type: ColumnType): boolean {
  return type === 'DATE' || type === 'DATETIME';
}

/** Types whose values are read differently depending on the decimal separator. */
export function hasDecimalSign(type: ColumnType): boolean {
  return type === 'DECIMAL' || type === 'INTEGER';
}

export const dateOrderWords = { YMD: 'year first', DMY: 'day first', MDY: 'month first' } as const;
export const decimalSignWords = { '.': 'decimal point', ',': 'decimal comma' } as const;

/** The orders of dates, each with a date. */
export const dateExamples = {
  YMD: 'Year first: 2026-03-14',
  DMY: 'Day first: 14.3.2026',
  MDY: 'Month first: 3/14/2026',
} as const;

/** The decimal separators, each with a number. */
export const decimalExamples = { '.': 'Point: 1,234.56', ',': 'Comma: 1.234,56' } as const;

/** How a file spells a column's values, in a few words each. */
export function formatWords(format: ColumnSpelling | null | undefined): string[] {
  if (!format) return [];
  const { trim, empty, grouping, indianGrouping, currency, percent, dateOrder, decimalSign } = format;
  const { negativeSigns, debitCredit, otherDigits, firstYear, monthNames, looseTimes, yesNo } = format;
  return [
    dateOrder && dateOrderWords[dateOrder],
    decimalSign && decimalSignWords[decimalSign],
    trim && 'trimmed',
    empty?.length && `${empty.join(', ')} = empty`,
    grouping && 'thousands separators',
    currency && 'currency sign left out',
    percent === 'number' && '5% = 5',
    percent === 'fraction' && '5% = 0.05',
    indianGrouping && 'Indian thousands separators',
    negativeSigns && '(5), 5- and −5 = -5',
    debitCredit && '5 DR = -5',
    otherDigits && 'digits of other scripts',
    firstYear !== undefined && `two-digit years ${firstYear} to ${firstYear + 99}`,
    monthNames && 'month names',
    looseTimes && '24:00, UTC, +01',
    yesNo && `yes and no in ${languageName(yesNo)}`,
  ].filter((word) => typeof word === 'string');
}
