/**
 * A file of pasted cells: lines with tabs, as spreadsheet programs copy them, or the text of a CSV file.
 * @returns null for what is no table: a single value
 */
export function pastedFile(text: string): File | null {
  const hasTabs = text.includes('\t');
  if (!hasTabs && !/\S[\r\n]+\s*\S/.test(text)) return null;
  const [name, type] = hasTabs
    ? ['Pasted rows.tsv', 'text/tab-separated-values']
    : ['Pasted rows.csv', 'text/csv'];
  return new File([text], name, { type });
}
