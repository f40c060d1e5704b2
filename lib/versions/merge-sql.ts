/**
 * SQL for a row's values as they are once it is written: the cells that its file has, and for the other columns
 * those of the version before it.
 * @param own, before SQL of two JSON arrays; `before` may be null
 * @param mapped SQL of a boolean array: whether the file fills each slot
 */
export function mergedSql(own: string, before: string, mapped: string): string {
  return `(select '[' || string_agg(coalesce(to_json(case when (${mapped})[z.n] then z.a else z.b end)::text, 'null'), ',') || ']'
    from rows from (json_array_elements_text(${own}), json_array_elements_text(coalesce(${before}, '[]'::json))) with ordinality as z(a, b, n))`;
}

/** SQL for whether two rows have the same cells. Rows of fewer columns are no other rows: empty cells at the end are. */
export function sameSql(a: string, b: string): string {
  const trimmed = (text: string) => `regexp_replace(${text}, '(,null)+\\]$', ']')`;
  return `(${a} = ${b} or ((${a} like '%,null]' or ${b} like '%,null]') and ${trimmed(a)} = ${trimmed(b)}))`;
}
