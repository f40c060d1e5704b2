/** Characters of markup that mean something, and the first digit. */
export const SPACE = 32;
export const QUOTE = 34;
export const SLASH = 47;
export const ZERO = 48;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;

/** What the markup of a sheet is compared with, byte by byte. */
export const tags = {
  rowStart: Buffer.from('<row'),
  rowEnd: Buffer.from('</row>'),
  tableEnd: Buffer.from('</sheetData>'),
  cellEnd: Buffer.from('</c>'),
  value: Buffer.from('<v>'),
  valueEnd: Buffer.from('</v>'),
  formulaEnd: Buffer.from('</f>'),
  inlineStart: Buffer.from('<is>'),
  text: Buffer.from('<t>'),
  preservedText: Buffer.from('<t xml:space="preserve">'),
  textEnd: Buffer.from('</t></is>'),
  /** Types of cells, as attributes have them. */
  string: Buffer.from('str'),
  inline: Buffer.from('inlineStr'),
} as const;

/** Whether these bytes stand there. */
export function matches(bytes: Buffer, at: number, wanted: Buffer): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

/** In place of where something ends: these bytes are not spelled as most programs spell them. */
export const unusual = -1;
