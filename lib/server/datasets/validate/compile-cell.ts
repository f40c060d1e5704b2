import { checks } from '@/lib/shared/columns/validate/checks';
import { type CellReader, compileReader } from '@/lib/shared/columns/validate/compile-reader';
import { Rejected } from '@/lib/shared/columns/validate/types';
import { saysNothing } from '@/lib/shared/schema/dataset/column-rules';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import { compileRules } from './rules';

const missing = new Rejected('required', 'It is empty and this column needs a value. Fill it in.');

/** Everything that becomes of one column's cells: what is empty, its default, its type, its rules. */
export function compileCell({ type, dateOrder, decimalSign, format, rules }: MappedColumn): CellReader {
  const read = compileReader({ type, dateOrder, decimalSign, format });
  if (saysNothing(rules)) return read;
  const ifEmpty =
    rules?.default === undefined ? (rules?.required ? missing : null) : checks[type]({})(rules.default);
  const rule = compileRules(type, rules);
  return (raw) => {
    const value = read(raw);
    if (value === null) return ifEmpty;
    return rule === null || typeof value !== 'string' ? value : (rule(value) ?? value);
  };
}
