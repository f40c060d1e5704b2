import { isBlank } from '@/lib/shared/blank';
import { checks } from '@/lib/shared/columns/validate/checks';
import { Rejected } from '@/lib/shared/columns/validate/types';
import { saysNothing } from '@/lib/shared/schema/dataset/column-rules';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import { compileRules } from './rules';

/** Raw text of a cell → canonical text, null for an empty cell, or why the row is not stored. */
export type CompiledCell = (raw: string) => string | null | Rejected;

const missing = new Rejected('required', 'It is empty and this column needs a value. Fill it in.');

/** Everything that becomes of one column's cells: what is empty, its default, its type, its rules. Only a text may be blank. */
export function compileCell(column: MappedColumn): CompiledCell {
  const { type, dateOrder, decimalSign, format, rules } = column;
  const check = checks[type]({ dateOrder, decimalSign, format });
  const isEmpty = type === 'TEXT' ? (text: string) => text === '' : isBlank;
  if (saysNothing(format) && saysNothing(rules)) return (raw) => (isEmpty(raw) ? null : check(raw));
  const ifEmpty =
    rules?.default === undefined ? (rules?.required ? missing : null) : checks[type]({})(rules.default);
  const emptyWords = new Set(format?.empty?.map((word) => word.toLowerCase()));
  const longestWord = Math.max(0, ...[...emptyWords].map((word) => word.length));
  const rule = compileRules(type, rules);
  const read = new Map(format?.values?.map(({ from, to }) => [from, to]));
  return (written) => {
    const given = read.size > 0 ? (read.get(written) ?? read.get(written.trim()) ?? written) : written;
    const trimmed = given.trim();
    const raw = format?.trim ? trimmed : given;
    if (isEmpty(raw)) return ifEmpty;
    if (trimmed.length <= longestWord && emptyWords.has(trimmed.toLowerCase())) return ifEmpty;
    const checked = check(raw);
    if (rule === null || typeof checked !== 'string') return checked;
    return rule(checked) ?? checked;
  };
}
