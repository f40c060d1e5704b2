import type { ColumnFormat, ColumnRules } from '../schema/dataset/column-rules';
import type { MappedColumn } from '../schema/import/stored-import';
import type { Fix } from '../schema/review/fix';

/** A fix that concerns one column. */
export type ColumnFix = Exclude<Fix, { kind: 'PAD_SHORT_ROWS' }>;

/** What of a column a fix may change. */
type Fixable = Pick<MappedColumn, 'type' | 'dateOrder' | 'decimalSign' | 'format' | 'rules'>;

/** The column as the fix makes it. */
export function applyFix<C extends Fixable>(column: C, fix: ColumnFix): Omit<C, keyof Fixable> & Fixable {
  const formatted = (format: ColumnFormat) => ({ ...column, format: { ...column.format, ...format } });
  const ruled = (rules: ColumnRules) => ({ ...column, rules: { ...column.rules, ...rules } });
  switch (fix.kind) {
    case 'DATE_ORDER':
      return { ...column, dateOrder: fix.dateOrder };
    case 'DECIMAL_SIGN':
      return { ...column, decimalSign: fix.decimalSign };
    case 'FORMAT':
      return formatted(fix.format);
    case 'EMPTY':
      return formatted({ empty: [...new Set([...(column.format?.empty ?? []), ...fix.words])] });
    case 'READ_AS': {
      const others = (column.format?.values ?? []).filter(({ from }) => from !== fix.from);
      return formatted({ values: [...others, { from: fix.from, to: fix.to }] });
    }
    case 'ALLOW':
      return ruled({ allowed: [...new Set([...(column.rules?.allowed ?? []), ...fix.values])] });
    case 'DEFAULT':
      return ruled({ default: fix.value });
    case 'OPTIONAL':
      return ruled({ required: false });
    case 'TEXT': {
      const { min: _min, max: _max, allowed: _allowed, ...rules } = column.rules ?? {};
      return { ...column, type: 'TEXT', dateOrder: null, decimalSign: null, format: null, rules };
    }
    default:
      return fix satisfies never;
  }
}
