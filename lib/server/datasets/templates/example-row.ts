import { escapeFormula } from '@/lib/shared/csv/csv-cells';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { ColumnRules } from '@/lib/shared/schema/dataset/column-rules';
import type { DatasetColumnView } from '@/lib/shared/schema/dataset/dataset';
import { compilePattern } from '../validate/pattern';

/** What a value of each type looks like, in canonical text. The others are tried where a rule refuses the first. */
const examples: Record<ColumnType, string[]> = {
  TEXT: [
    'Example',
    'AB-1234',
    'ABC-123',
    'AB1234',
    'ABC123',
    'A1',
    '12345',
    '123',
    'AB',
    'abc',
    'A',
    'a',
    '1',
  ],
  INTEGER: ['42', '1', '0', '100'],
  DECIMAL: ['12.5', '1', '0.5', '0'],
  BOOLEAN: ['true', 'false'],
  DATE: ['2026-03-14'],
  DATETIME: ['2026-03-14T15:30:00'],
  TIME: ['15:30:00'],
  EMAIL: ['name@example.com', 'a@b.co'],
  URL: ['https://example.com/page', 'https://example.com'],
  CHOICE: [],
  JSON: ['{"a":1}', '1'],
};

/**
 * A row that an import of it would store: for each column a value in canonical text, or null where none is known that
 * keeps its rules. Null altogether where that would be a required one, since the row would be rejected.
 */
export function exampleRow(columns: DatasetColumnView[]): (string | null)[] | null {
  const cells = columns.map(({ type, rules }) => exampleOf(type, rules ?? {}));
  const lacks = cells.some((cell, i) => cell === null && columns[i]?.rules?.required);
  return lacks || cells.every((cell) => cell === null) ? null : cells;
}

function exampleOf(type: ColumnType, rules: ColumnRules): string | null {
  const { min, max, minLength, maxLength, allowed, pattern } = rules;
  const matches = pattern === undefined ? () => true : compilePattern(pattern).matches;
  const candidates = [
    ...(rules.default === undefined ? [] : [rules.default]),
    ...(allowed ?? examples[type]),
    ...(type === 'TEXT' ? [examples.TEXT[0]?.repeat(200).slice(0, minLength ?? 0) ?? ''] : []),
    ...[min, max].filter((bound) => bound !== undefined),
  ];
  const fits = (value: string) =>
    value !== '' &&
    (min === undefined || compare(type, value, min) >= 0) &&
    (max === undefined || compare(type, value, max) <= 0) &&
    value.length >= (minLength ?? 0) &&
    value.length <= (maxLength ?? Number.POSITIVE_INFINITY) &&
    (allowed === undefined || allowed.includes(value)) &&
    matches(value) &&
    // A spreadsheet program would run it, and escaped it would be another value.
    escapeFormula(value) === value;
  return candidates.find(fits) ?? null;
}

function compare(type: ColumnType, a: string, b: string): number {
  if (a === b) return 0;
  if (type === 'INTEGER' || type === 'DECIMAL') return Number(a) - Number(b);
  return a < b ? -1 : 1;
}
