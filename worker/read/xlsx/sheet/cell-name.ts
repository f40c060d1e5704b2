/** `C12` for column 2 (0-based) of row 12. */
export function cellName(column: number, row: number): string {
  return columnLetters(column) + row;
}

/** `C` for column 2 (0-based). */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** 0-based index of a column's letters; -1 for none. */
export function columnIndex(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 0x40;
  return column - 1;
}
