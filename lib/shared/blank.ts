/** Whether a cell holds nothing but white space: spaces, tabs, line breaks, no-break spaces. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  // Most cells begin with something that is seen.
  if (first > 0x20 && first < 0x80) return false;
  return text.trim() === '';
}

/** Whether a row holds nothing but blank cells. Such rows are not stored, and counted. */
export function isBlankRow(cells: string[]): boolean {
  for (const cell of cells) if (!isBlank(cell)) return false;
  return true;
}
