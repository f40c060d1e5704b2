import { AppError } from '@/lib/server/platform/errors';
import { checks } from '@/lib/shared/columns/validate/checks';
import { Rejected } from '@/lib/shared/columns/validate/types';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { ColumnRules } from '@/lib/shared/schema/dataset/column-rules';
import { compilePattern } from '../validate/pattern';

const spellings: Partial<Record<ColumnType, { canonical: RegExp; like: string }>> = {
  INTEGER: { canonical: /^-?(?:0|[1-9]\d{0,17})$/, like: 'a whole number, like 42' },
  DECIMAL: { canonical: /^-?\d{1,200}(?:\.\d{1,200})?$/, like: 'a number, like 42.5' },
  BOOLEAN: { canonical: /^(?:true|false)$/, like: 'true or false' },
  DATE: { canonical: /^\d{4}-\d\d-\d\d$/, like: 'a date, like 2026-03-14' },
  DATETIME: {
    canonical: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
    like: 'a date with a time, like 2026-03-14T15:30:00',
  },
  TIME: { canonical: /^\d\d:\d\d:\d\d$/, like: 'a time, like 15:30:00' },
};

const bounded: readonly ColumnType[] = ['INTEGER', 'DECIMAL', 'DATE', 'DATETIME', 'TIME'];

/**
 * Refuses rules that no value could keep, or that say nothing of their type.
 * @throws AppError `bad-request`, naming the column and what to write instead
 */
export function assertRulesFit(column: { name: string; type: ColumnType; rules?: ColumnRules | null }): void {
  const { name, type, rules } = column;
  const refuse = (message: string) => new AppError('bad-request', `Column “${name}”: ${message}`);
  if (type === 'CHOICE' && !rules?.allowed) throw refuse('A choice needs its allowed values. List them.');
  if (!rules) return;
  const { min, max, minLength, maxLength, allowed } = rules;
  if ((min !== undefined || max !== undefined) && !bounded.includes(type))
    throw refuse('Only numbers, dates and times have a minimum and a maximum. Limit the length instead.');
  const spelling = spellings[type];
  const check = checks[type]({});
  for (const value of [min, max, rules.default, ...(allowed ?? [])]) {
    if (value === undefined) continue;
    const checked = check(value);
    if (checked === value && (!spelling || spelling.canonical.test(value))) continue;
    const instead = spelling ? `Write ${spelling.like}.` : checked instanceof Rejected ? checked.reason : '';
    throw refuse(`“${value}” in its rules is not what the column takes. ${instead}`.trimEnd());
  }
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength)
    throw refuse(`The minimum length (${minLength}) is more than the maximum (${maxLength}).`);
  if (rules.default !== undefined && allowed && !allowed.includes(rules.default))
    throw refuse(`The default “${rules.default}” is not one of the allowed values.`);
  if (rules.pattern === undefined) return;
  try {
    compilePattern(rules.pattern);
  } catch (error) {
    throw error instanceof AppError ? refuse(error.message) : error;
  }
}
