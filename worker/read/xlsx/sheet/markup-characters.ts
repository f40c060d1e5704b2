import type { Markup } from '../values/text';
import { type CellType, cellTypes } from './cell-sink';

/** White space of XML 1.0, 2.3. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** ASCII letters, digits and the colon: the names that spreadsheet programs use. */
export function isName(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x3a) || (code >= 0x41 && code <= 0x5a);
}

/** True for digits, sign, point and exponent only. */
export function isNumeric(text: Markup, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    const digit = code >= 0x30 && code <= 0x39;
    if (!digit && code !== 0x2e && code !== 0x2d && code !== 0x45 && code !== 0x2b && code !== 0x65)
      return false;
  }
  return true;
}

/** The cell type named by text[from, to); null for one that is not known. */
export function typeOf(text: Markup, from: number, to: number): CellType | null {
  const code = text.charCodeAt(from);
  if (to - from === 1) {
    if (code === 0x73) return cellTypes.shared;
    if (code === 0x6e) return cellTypes.number;
    if (code === 0x62) return cellTypes.boolean;
    if (code === 0x65) return cellTypes.error;
    if (code === 0x64) return cellTypes.date;
    return null;
  }
  const name = text.slice(from, to);
  if (name === 'str') return cellTypes.string;
  return name === 'inlineStr' ? cellTypes.inline : null;
}
