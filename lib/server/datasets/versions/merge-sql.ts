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
  // Cells are texts, which end with a quotation mark, or null: so this takes away the empty ones at the end, and no more.
  const trimmed = (text: string) => `rtrim(${text}, ',null]')`;
  // May find one within a text as well, and is ten times as fast as looking at the end of it, character by character.
  const mayEndEmpty = (text: string) => `position(',null]' in ${text}) > 0`;
  return `(${a} = ${b} or ((${mayEndEmpty(a)} or ${mayEndEmpty(b)}) and ${trimmed(a)} = ${trimmed(b)}))`;
}
