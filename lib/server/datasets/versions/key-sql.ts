import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import { canonicalCellSql, typedCellSql } from '../storage/cell-sql';

/** A column of a dataset's key. */
export interface KeyColumn {
  name: string;
  slot: number;
  type: ColumnType;
}

/** What JavaScript's trim removes: Unicode white space and the byte order mark. */
const whiteSpace =
  "E' \\t\\n\\u000b\\f\\r\\u00a0\\u1680\\u2000\\u2001\\u2002\\u2003\\u2004\\u2005\\u2006\\u2007\\u2008\\u2009\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff'";

/** Longer keys are hashed: a PostgreSQL index entry holds 2,700 bytes at most. */
const longestKey = 500;

/**
 * The same text for values that are the same by the column's type, null for an empty cell. `1.50` is `1.5`, and two
 * ways of writing one moment are one, and so are Unicode's two ways of writing an `ü`; but `007` as text is not `7`.
 * @param text the SQL of a cell's canonical text, which may stand several times in the result
 */
function keyPartSql(type: ColumnType, text: string): string {
  switch (type) {
    case 'INTEGER':
      return `(case ${text} when '-0' then '0' else ${text} end)`;
    case 'DECIMAL':
      return `trim_scale(${text}::numeric)::text`;
    case 'BOOLEAN':
    case 'DATE':
      return text;
    case 'TIME':
      return withoutZeros(text);
    case 'DATETIME':
      return momentSql(text);
    case 'TEXT':
    case 'EMAIL':
    case 'URL':
    case 'CHOICE':
    case 'JSON':
      return `nullif(btrim(${composed(text)}, ${whiteSpace}), '')`;
    default:
      return type satisfies never;
  }
}

/**
 * A text in Unicode's form NFC: `ü` is one character, or `u` and two dots, and people see no difference. ASCII is left
 * alone, which is told by its length, and in databases of other encodings than UTF-8 every text is.
 */
const composed = (text: string) =>
  `(case when octet_length(${text}) = length(${text}) then ${text} else normalize(${text}, NFC) end)`;

/** `10:00:00.500` as `10:00:00.5`. */
const withoutZeros = (text: string) =>
  `(case when position('.' in ${text}) > 0 then rtrim(rtrim(${text}, '0'), '.') else ${text} end)`;

/** Moments with a zone in UTC; the fraction stays text, since PostgreSQL would round it to microseconds. */
function momentSql(text: string): string {
  const fraction = `coalesce(rtrim(rtrim(substring(${text} from '\\.\\d+'), '0'), '.'), '')`;
  const zone = `substring(${text} from '(Z|[+-]\\d\\d:\\d\\d)$')`;
  return `(case when ${zone} is null then left(${text}, 19) || ${fraction}
    else to_char((left(${text}, 19) || ${zone})::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || ${fraction} || 'Z' end)`;
}

/** What a key is made of, as SQL: of a whole number the number itself, of everything else its canonical text. */
function keyCellSql(column: KeyColumn, alias: string): { cell: string; part: (cell: string) => string } {
  const typed = typedCellSql(column, alias);
  if (typed !== null && column.type === 'INTEGER') return { cell: typed, part: (cell) => `${cell}::text` };
  if (typed !== null && column.type === 'DECIMAL')
    return { cell: typed, part: (cell) => `trim_scale(${cell})::text` };
  return { cell: canonicalCellSql(column, alias), part: (cell) => keyPartSql(column.type, cell) };
}

/**
 * A query for the key of every row of an import, as `row` and `key`; null when a part is empty. Several parts carry
 * their lengths, so that no two keys are written alike. A long key is its SHA-256, and the space before it stands
 * before no other key.
 * @param table SQL of the dataset's own table
 * @param importId the SQL of the import's id, and what else is asked of rows `r`
 * @param carried SQL expressions over rows `r` that come along as `n0`, `n1`, …
 */
export function keysSql(
  columns: KeyColumn[],
  table: string,
  importId: string,
  carried: string[] = [],
): string {
  const cells = columns.map((column) => keyCellSql(column, 'r'));
  const selected = [
    'r."_row" as row',
    ...cells.map(({ cell }, i) => `${cell} as t${i}`),
    ...carried.map((cell, i) => `${cell} as n${i}`),
  ];
  return keyOfCells(
    cells.map(({ part }, i) => part(`t${i}`)),
    `select ${selected.join(', ')} from ${table} r where r."_import" = ${importId} offset 0`,
    carried.map((_, i) => `n${i}`),
  );
}

/** The same of rows that are in no table. @param rows a query for `row` and `values`, a JSON array of canonical texts */
export function keysOfSql(columns: KeyColumn[], rows: string): string {
  const cells = columns.map(({ slot }, i) => `"values" ->> ${Number(slot)} as t${i}`);
  return keyOfCells(
    columns.map(({ type }, i) => keyPartSql(type, `t${i}`)),
    `select row, ${cells.join(', ')} from (${rows}) r offset 0`,
    [],
  );
}

/** “offset 0” keeps PostgreSQL from putting each expression wherever it is used. */
function keyOfCells(parts: string[], cells: string, carried: string[]): string {
  const along = carried.map((name) => `, ${name}`).join('');
  const whole = parts.length === 1 ? 'p0' : parts.map((_, i) => `length(p${i}) || ':' || p${i}`).join(' || ');
  return `
    select row${along}, (case when octet_length(whole) > ${longestKey}
      then ' ' || encode(sha256(convert_to(whole, 'UTF8')), 'hex') else whole end) collate "C" as key
    from (select row${along}, ${whole} as whole
      from (select row${along}, ${parts.map((part, i) => `${part} as p${i}`).join(', ')}
        from (${cells}) c
        offset 0) p
      offset 0) k`;
}
