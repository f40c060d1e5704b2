import { applyFix, type ColumnFix } from '@/lib/shared/columns/apply-fix';
import type { DraftColumn } from '../draft/draft';

/** The column that a fix is for, as the fix makes it; null where none is called so any more. */
export function fixedColumn(columns: DraftColumn[], fix: ColumnFix): DraftColumn | null {
  const column = columns.find(({ included, name }) => included && name.trim() === fix.column);
  if (!column) return null;
  const { format, rules, dateOrder, decimalSign, ...fixed } = applyFix(column, fix);
  return {
    ...fixed,
    dateOrder: dateOrder ?? null,
    decimalSign: decimalSign ?? null,
    format: format ?? {},
    rules: rules ?? {},
    open: false,
  };
}
