/** What JSON or COPY's text format has a special spelling for, and halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * A cell as a JSON string inside a COPY text line: JSON escapes first, then every backslash is doubled for COPY
 * (PostgreSQL manual, COPY, “Text Format”).
 */
function quoted(cell: string): string {
  return special.test(cell) ? JSON.stringify(cell).replaceAll('\\', '\\\\') : `"${cell}"`;
}

/**
 * One row as a line of COPY's text format, for the table Row: import, row number, JSON array.
 * @param prefix the import's id and a tab
 * @param values canonical text by column slot, null for an empty cell
 */
export function copyText(prefix: string, rowNumber: number, values: readonly (string | null)[]): string {
  let line = `${prefix + rowNumber}\t[`;
  for (let i = 0; i < values.length; i++) {
    const cell = values[i];
    if (i > 0) line += ',';
    line += cell === null || cell === undefined ? 'null' : quoted(cell);
  }
  return `${line}]\n`;
}

/** The row of a line that {@link copyText} made. */
export function parseCopyText(line: string): {
  importId: number;
  rowNumber: number;
  values: (string | null)[];
} {
  const [importId = '', rowNumber = '', array = ''] = line.split('\t');
  return {
    importId: Number(importId),
    rowNumber: Number(rowNumber),
    values: JSON.parse(array.replaceAll('\\\\', '\\')),
  };
}
