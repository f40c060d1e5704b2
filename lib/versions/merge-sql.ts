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

/** SQL for the text of a JSON array without the empty cells at its end: rows of fewer columns are no other rows. */
export function comparableSql(text: string): string {
  return `(case when right(${text}, 6) = ',null]' then regexp_replace(${text}, '(,null)+\\]$', ']') else ${text} end)`;
}
