import { canonicalCellSql, type StoredColumn, typedCellSql } from '@/lib/server/datasets/storage/cell-sql';
import { escapeLike } from '@/lib/server/platform/db/by-name';
import { AppError } from '@/lib/server/platform/errors';
import { checks } from '@/lib/shared/columns/validate/checks';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { RowFilter } from '@/lib/shared/schema/dataset/row-query';
import { isText, sortKeySql, textKeySql } from './sort-key';

/** A column with the name that people know it by. */
export interface NamedColumn extends StoredColumn {
  name: string;
}

/** Parameters of a statement, in their order: each is put in and answered as `$1`, `$2`, … */
export class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** A condition on rows `r`. */
export interface Condition {
  sql: string;
  column: NamedColumn;
  /** An index of the column finds the rows. */
  isIndexed: boolean;
}

/**
 * A filter as SQL.
 * @throws AppError `bad-request` for a column that the dataset does not have, an operation that its type does not have,
 *   or a value that is none of it
 */
export function filterSql(filter: RowFilter, columns: NamedColumn[], parameters: Parameters): Condition {
  const column = columns.find(({ name }) => name === filter.column);
  if (!column) throw new AppError('bad-request', `The dataset has no column “${filter.column}”.`);
  const isIndexed = typedCellSql(column, 'r') !== null && filter.op !== 'contains' && column.type !== 'JSON';
  return { sql: conditionSql(filter, column, parameters), column, isIndexed };
}

function conditionSql(filter: RowFilter, column: NamedColumn, parameters: Parameters): string {
  switch (filter.op) {
    case 'empty':
      return `${sortedOrText(column)} is ${filter.empty ? '' : 'not '}null`;
    case 'contains':
      return `${textOf(column, filter.op)} ilike ${parameters.add(`%${escapeLike(filter.value)}%`)}`;
    case 'startsWith': {
      const text = textOf(column, filter.op);
      const begin = parameters.add(filter.value);
      const key = textKeySql(text);
      // By the index as far as it knows the text, and then by the whole of it.
      return `${key} >= ${textKeySql(begin)} and ${key} < (${textKeySql(begin)} || chr(1114111)) collate "C"
        and starts_with(lower(${text}), lower(${begin}::text))`;
    }
    case 'range':
      return rangeSql(filter, column, parameters);
    case 'equals':
      return equalSql(column, [filter.value], parameters);
    case 'in':
      return equalSql(column, filter.values, parameters);
    default:
      return filter satisfies never;
  }
}

const sortedOrText = (column: NamedColumn) =>
  column.type === 'JSON' ? canonicalCellSql(column, 'r') : sortKeySql(column).key;

/** SQL of a column's text. @throws AppError `bad-request` where its values are no texts */
function textOf(column: NamedColumn, op: string): string {
  if (!isText(column.type) && column.type !== 'JSON') throw notFor(column, op);
  return canonicalCellSql(column, 'r');
}

function rangeSql(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  column: NamedColumn,
  parameters: Parameters,
): string {
  if (isText(column.type) || column.type === 'BOOLEAN' || column.type === 'JSON')
    throw notFor(column, 'range');
  const { key } = sortKeySql(column);
  const ends = [
    ...(from === undefined ? [] : [`${key} >= ${valueSql(column, from, parameters)}`]),
    ...(to === undefined ? [] : [`${key} <= ${valueSql(column, to, parameters)}`]),
  ];
  if (ends.length === 0) throw new AppError('bad-request', `The range of “${column.name}” has no end.`);
  return ends.join(' and ');
}

function equalSql(column: NamedColumn, values: string[], parameters: Parameters): string {
  if (column.type === 'JSON') throw notFor(column, 'equals');
  const { key, sqlType } = sortKeySql(column);
  if (isText(column.type)) {
    const wanted = parameters.add(values);
    const keys = `array(select ${textKeySql('v')} from unnest(${wanted}::text[]) v)`;
    const [only] = values.length === 1 ? [`(${wanted}::text[])[1]`] : [];
    const byKey = only ? `${key} = ${textKeySql(only)}` : `${key} = any(${keys})`;
    return `${byKey} and ${canonicalCellSql(column, 'r')} = any(${wanted}::text[])`;
  }
  const [first, ...others] = values.map((value) => valueSql(column, value, parameters));
  return others.length === 0
    ? `${key} = ${first}`
    : `${key} = any(array[${[first, ...others].join(', ')}]::${sqlType}[])`;
}

/** SQL of a value, as what the column is sorted by. @throws AppError `bad-request` for one that is none of its type */
function valueSql(column: NamedColumn, value: string, parameters: Parameters): string {
  const checked = checks[column.type]({})(value);
  if (typeof checked !== 'string')
    throw new AppError(
      'bad-request',
      `“${value}” is no value of “${column.name}”, which is ${names[column.type]}. Write it as the dataset shows it.`,
    );
  const { sqlType } = sortKeySql(column);
  const parameter = parameters.add(checked);
  if (column.type === 'DATETIME' && sqlType === 'timestamp' && /(?:Z|[+-]\d\d:\d\d)$/.test(checked))
    return `(${parameter}::text::timestamptz at time zone 'UTC')`;
  return sqlType === 'text' ? textKeySql(`${parameter}::text`) : `${parameter}::text::${sqlType}`;
}

/** A condition that some text of a row has this. @throws AppError `bad-request` where the dataset has no texts */
export function searchSql(search: string, columns: NamedColumn[], parameters: Parameters): string {
  const texts = columns.filter(({ type }) => isText(type) || type === 'JSON');
  if (texts.length === 0)
    throw new AppError('bad-request', 'This dataset has no texts to search. Filter by a column instead.');
  const pattern = parameters.add(`%${escapeLike(search)}%`);
  return `(${texts.map((column) => `${canonicalCellSql(column, 'r')} ilike ${pattern}`).join(' or ')})`;
}

const names: Record<ColumnType, string> = {
  TEXT: 'a text',
  INTEGER: 'a whole number',
  DECIMAL: 'a decimal number',
  BOOLEAN: 'true or false',
  DATE: 'a date',
  DATETIME: 'a date with a time',
  TIME: 'a time',
  EMAIL: 'an e-mail address',
  URL: 'a web address',
  CHOICE: 'a choice',
  JSON: 'JSON',
};

const notFor = (column: NamedColumn, op: string) =>
  new AppError('bad-request', `“${column.name}” is ${names[column.type]}, and “${op}” is not for that.`);
