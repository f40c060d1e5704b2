import { canonicalCellSql, type StoredColumn, typedCellSql } from '@/lib/server/datasets/storage/cell-sql';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';

/** Characters by which texts are sorted. An entry of a PostgreSQL index holds 2,700 bytes at most. */
const sortedCharacters = 100;

/** Types whose values are texts. */
export const isText = (type: ColumnType): boolean =>
  type === 'TEXT' || type === 'EMAIL' || type === 'URL' || type === 'CHOICE';

/** JSON has no order. */
export const isSortable = (type: ColumnType): boolean => type !== 'JSON';

/** SQL of what a text is sorted and looked up by: its beginning in small letters, compared byte by byte. */
export const textKeySql = (text: string): string => `(lower(left(${text}, ${sortedCharacters})) collate "C")`;

/**
 * What a column is sorted by in row `r`, and its type in SQL. Columns far to the right have texts only: of these,
 * numbers are compared as numbers, and everything else as its text.
 */
export function sortKeySql(column: StoredColumn): { key: string; sqlType: string } {
  const typed = typedCellSql(column, 'r');
  const { type } = column;
  if (typed === null) {
    const text = canonicalCellSql(column, 'r');
    return type === 'INTEGER' || type === 'DECIMAL'
      ? { key: `(${text}::numeric)`, sqlType: 'numeric' }
      : { key: textKeySql(text), sqlType: 'text' };
  }
  return isText(type) ? { key: textKeySql(typed), sqlType: 'text' } : { key: typed, sqlType: sqlTypes[type] };
}

const sqlTypes: Record<ColumnType, string> = {
  TEXT: 'text',
  EMAIL: 'text',
  URL: 'text',
  CHOICE: 'text',
  JSON: 'text',
  INTEGER: 'bigint',
  DECIMAL: 'numeric',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DATETIME: 'timestamp',
  TIME: 'time',
};

/** Whether there can be an index of a column: it has one of its own in the table, and an order. */
export const isIndexable = (column: StoredColumn): boolean =>
  isSortable(column.type) && typedCellSql(column, 'r') !== null;

/** The name of a column's index in its dataset's schema. */
export const indexName = ({ slot }: { slot: number }): string => `c${Number(slot)}_sorted`;

/** The statement that makes a column's index while rows are read and written. It cannot be part of a transaction. */
export function createIndexSql(number: number, column: StoredColumn): string {
  const { key } = sortKeySql(column);
  const ofTable = key.replaceAll('r."', '"');
  return `create index concurrently if not exists "${indexName(column)}" on ${inSchema(number, 'rows')} (${ofTable}, "_import", "_row")`;
}

/** The name of the index by which SQL finds the rows with one text, however long it is. */
export const equalityIndexName = ({ slot }: { slot: number }): string => `c${Number(slot)}_equals`;

/** The statement that makes it. */
export const createEqualityIndexSql = (number: number, { slot }: StoredColumn): string =>
  `create index concurrently if not exists "${equalityIndexName({ slot })}" on ${inSchema(number, 'rows')} using hash ("c${Number(slot)}")`;
