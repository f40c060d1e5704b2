import { isBlank } from '@/lib/shared/blank';
import { type ColumnFormat, saysNothing } from '@/lib/shared/schema/dataset/column-rules';
import type { ColumnType } from '../../schema/dataset/column';
import { checks } from './checks';
import type { CheckOptions, Rejected } from './types';

/** Raw text of a cell → canonical text, null for an empty cell, or why it does not fit the type. */
export type CellReader = (raw: string) => string | null | Rejected;

/**
 * What a column makes of its cells before its rules: which spellings stand for others, what is empty, the type. Only a
 * text may be blank. Safe in a browser, which shows with it what a file's first rows become.
 */
export function compileReader({ type, format, ...options }: CheckOptions & { type: ColumnType }): CellReader {
  const check = checks[type]({ ...options, format });
  const isEmpty = type === 'TEXT' ? (text: string) => text === '' : isBlank;
  if (!format || saysNothing(format)) return (raw) => (isEmpty(raw) ? null : check(raw));
  const isEmptyWord = emptyWordsOf(format);
  const respelled = new Map(format.values?.map(({ from, to }) => [from, to]));
  return (written) => {
    const given =
      respelled.size > 0 ? (respelled.get(written) ?? respelled.get(written.trim()) ?? written) : written;
    const trimmed = given.trim();
    const raw = format.trim ? trimmed : given;
    return isEmpty(raw) || isEmptyWord(trimmed) ? null : check(raw);
  };
}

function emptyWordsOf({ empty = [] }: ColumnFormat): (trimmed: string) => boolean {
  const words = new Set(empty.map((word) => word.toLowerCase()));
  const longest = Math.max(0, ...[...words].map((word) => word.length));
  return (trimmed) => trimmed.length <= longest && words.has(trimmed.toLowerCase());
}
