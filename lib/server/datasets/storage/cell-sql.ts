import type { ColumnType } from '@/lib/shared/schema/dataset/column';

/** A column as the rows of its dataset's table have it. */
export interface StoredColumn {
  slot: number;
  type: ColumnType;
}

/** Columns from this slot on have their values in `_more`: "firstSlotInMore" of the database. */
export const firstSlotInMore = 250;

/** SQL of the typed value of a cell in row `alias`; null where the cell is in `_more`, which holds texts. */
export function typedCellSql({ slot }: StoredColumn, alias: string): string | null {
  return slot < firstSlotInMore ? `${alias}."c${Number(slot)}"` : null;
}

/** SQL of the canonical text of a cell in row `alias`: what "canonicalCell" of the database answers. */
export function canonicalCellSql(column: StoredColumn, alias: string): string {
  const { slot, type } = column;
  const typed = typedCellSql(column, alias);
  if (typed === null) return `(${alias}."_more" ->> ${Number(slot) - firstSlotInMore})`;
  switch (type) {
    case 'INTEGER':
    case 'DECIMAL':
    case 'TIME':
    case 'BOOLEAN':
    case 'JSON':
      return `coalesce(${alias}."_exact" ->> '${Number(slot)}', ${typed}::text)`;
    case 'DATETIME':
      return `coalesce(${alias}."_exact" ->> '${Number(slot)}', to_json(${typed}) #>> '{}')`;
    case 'DATE':
      return `coalesce(${alias}."_exact" ->> '${Number(slot)}', to_char(${typed}::timestamp, 'YYYY-MM-DD'))`;
    case 'TEXT':
    case 'EMAIL':
    case 'URL':
    case 'CHOICE':
      return typed;
    default:
      return type satisfies never;
  }
}

const slotKeys = (columns: StoredColumn[]) =>
  `'{${columns
    .filter(({ slot }) => slot < firstSlotInMore)
    .map(({ slot }) => Number(slot))
    .join()}}'::text[]`;

/**
 * SQL expressions of what row `alias` is compared by: two rows have the same cells in `columns` if each of these has the
 * same bytes in both. A decimal of another scale is another text, and so it is here.
 * @param others the other columns of the dataset, which are not compared
 */
export function comparedSql(columns: StoredColumn[], others: StoredColumn[], alias: string): string[] {
  const typed = columns.flatMap((column) => typedCellSql(column, alias) ?? []);
  const wide = columns.filter(({ slot }) => slot >= firstSlotInMore);
  const exact =
    others.length === 0
      ? `${alias}."_exact"`
      : `nullif(${alias}."_exact" - ${slotKeys(others)}, '{}'::jsonb)`;
  const more = wide.map((column) => canonicalCellSql(column, alias));
  return [...typed, exact, ...(more.length > 0 ? [`array[${more.join(', ')}]::text[]`] : [])];
}

/** How rows of a table are compared that stand beside each other in a statement. */
export interface ComparedRows {
  /** SQL of what a sub-query over rows `alias` selects: `n0`, `n1`, … */
  select(alias: string): string;
  /** SQL for whether what two such sub-queries, or rows that carry the same names, have is the same. */
  same(a: string, b: string): string;
}

/** Rows that are compared by these columns, and not by the `others`. */
export function comparedRows(columns: StoredColumn[], others: StoredColumn[]): ComparedRows {
  const cells = (alias: string) => comparedSql(columns, others, alias);
  const names = (alias: string) => cells(alias).map((_, i) => `${alias}.n${i}`);
  return {
    select: (alias) =>
      cells(alias)
        .map((cell, i) => `${cell} as n${i}`)
        .join(', '),
    same: (a, b) => sameBytesSql(names(a), names(b)),
  };
}

/** SQL for whether two lists of expressions have the same bytes, one by one. */
export function sameBytesSql(a: string[], b: string[]): string {
  // The function of the operator *=, which Citus writes down in a way that PostgreSQL takes for one operator a cell.
  return `pg_catalog.record_image_eq(row(${a.join(', ')}), row(${b.join(', ')}))`;
}

/**
 * SQL assignments that give row `into` the cells of row `from` in `columns`, and leave it those of the others.
 * @param others the columns that it keeps
 */
export function takeCellsSql(
  columns: StoredColumn[],
  others: StoredColumn[],
  into: string,
  from: string,
): string {
  const typed = columns.flatMap(({ slot }) =>
    slot < firstSlotInMore ? [`"c${Number(slot)}" = ${from}."c${Number(slot)}"`] : [],
  );
  const exact = `"_exact" = nullif(coalesce(${into}."_exact" - ${slotKeys(columns)}, '{}')
    || coalesce(${from}."_exact" - ${slotKeys(others)}, '{}'), '{}'::jsonb)`;
  const taken = columns.filter(({ slot }) => slot >= firstSlotInMore);
  if (taken.length === 0) return [...typed, exact].join(', ');
  const last = Math.max(...[...columns, ...others].map(({ slot }) => slot)) - firstSlotInMore;
  const places = taken.map(({ slot }) => slot - firstSlotInMore);
  const more = `"_more" = (select jsonb_agg(case when n = any('{${places.join()}}'::int[])
    then ${from}."_more" -> n else ${into}."_more" -> n end order by n) from generate_series(0, ${last}) n)`;
  return [...typed, exact, more].join(', ');
}
