/** SQL for whether two rows have the same cells. Rows of fewer columns are no other rows: empty cells at the end are. */
export function sameSql(a: string, b: string): string {
  // Cells are texts, which end with a quotation mark, or null: so this takes away the empty ones at the end, and no more.
  // What is printed of jsonb has blanks between them.
  const trimmed = (text: string) => `rtrim(${text}, ', null]')`;
  // May find one within a text as well, and is ten times as fast as looking at the end of it, character by character.
  const mayEndEmpty = (text: string) => `position('null]' in ${text}) > 0`;
  return `(${a} = ${b} or ((${mayEndEmpty(a)} or ${mayEndEmpty(b)}) and ${trimmed(a)} = ${trimmed(b)}))`;
}
