import type { ColumnFix } from '@/lib/shared/columns/apply-fix';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';

/** What of a column a fix can be taken back from: a column of an import, or with less in it one of a dataset. */
type Changed = Pick<MappedColumn, 'type' | 'rules'> &
  Partial<Pick<MappedColumn, 'dateOrder' | 'decimalSign' | 'format'>>;

/**
 * A column without what a fix made of it. Only that: what else was changed in it since stays, also in the same list.
 */
export function takeBackFix<C extends Changed>(column: C, fix: ColumnFix, before: Changed): C {
  const { format, rules } = column;
  switch (fix.kind) {
    case 'DATE_ORDER':
      return { ...column, dateOrder: before.dateOrder };
    case 'DECIMAL_SIGN':
      return { ...column, decimalSign: before.decimalSign };
    case 'FORMAT':
      return { ...column, format: { ...format, ...like(fix.format, before.format) } };
    case 'EMPTY': {
      const kept = new Set(before.format?.empty ?? []);
      const added = fix.words.filter((word) => !kept.has(word));
      return {
        ...column,
        format: { ...format, empty: format?.empty?.filter((word) => !added.includes(word)) },
      };
    }
    case 'READ_AS': {
      const earlier = before.format?.values?.filter(({ from }) => from === fix.from) ?? [];
      const others = format?.values?.filter(({ from }) => from !== fix.from) ?? [];
      return { ...column, format: { ...format, values: [...others, ...earlier] } };
    }
    case 'ALLOW': {
      const kept = new Set(before.rules?.allowed ?? []);
      const allowed = rules?.allowed?.filter((value) => kept.has(value) || !fix.values.includes(value));
      return { ...column, rules: { ...rules, allowed: allowed?.length ? allowed : undefined } };
    }
    case 'DEFAULT':
      return rules?.default === fix.value
        ? { ...column, rules: { ...rules, default: before.rules?.default } }
        : column;
    case 'OPTIONAL':
      return { ...column, rules: { ...rules, required: before.rules?.required } };
    case 'TEXT': {
      const { min, max, allowed } = before.rules ?? {};
      const { type, dateOrder, decimalSign } = before;
      return {
        ...column,
        type,
        dateOrder,
        decimalSign,
        format: before.format,
        rules: { ...rules, min, max, allowed },
      };
    }
    default:
      return fix satisfies never;
  }
}

/** The settings that a fix made, as they were. */
function like(made: NonNullable<MappedColumn['format']>, before: MappedColumn['format']) {
  return {
    ...(made.trim === undefined ? {} : { trim: before?.trim }),
    ...(made.grouping === undefined ? {} : { grouping: before?.grouping }),
    ...(made.currency === undefined ? {} : { currency: before?.currency }),
    ...(made.percent === undefined ? {} : { percent: before?.percent }),
  };
}
