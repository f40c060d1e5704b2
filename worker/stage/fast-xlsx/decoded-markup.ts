import { decodeText, isStorable, UnusualMarkup } from '@/worker/read/xlsx/values/text';
import type { CellTexts } from './cell-texts';
import { LESS, unusual } from './tags';

/** Bytes that may stand for something else than themselves, or that no text may hold; and the one that ends a text. */
const special = 1;
const stop = 2;
/** `_x000D_` stands for a character. */
const underscore = 4;
const X = 120;
const classes = new Uint8Array(256).fill(special, 0, 32);
classes[9] = classes[10] = 0;
for (const character of '&>') classes[character.charCodeAt(0)] = special;
classes[95] = underscore;
// U+FFFE and U+FFFF begin so.
classes[0xef] = special;
classes[LESS] = stop;

/** Copies texts from markup. */
export class DecodedMarkup {
  constructor(private readonly texts: CellTexts) {}

  /**
   * The text of a cell, which ends at the next tag.
   * @returns where that stands, or `unusual`
   */
  copy(bytes: Buffer, at: number, column: number): number {
    const { texts } = this;
    const { bytes: out, end } = texts;
    let o = end;
    let seen = 0;
    let i = at;
    for (;;) {
      const byte = bytes[i] ?? 0;
      const found = classes[byte] ?? 0;
      if (found !== 0) {
        if (found === stop) break;
        if (found === special || bytes[i + 1] === X) seen = special;
      }
      out[o++] = byte;
      i++;
    }
    if (seen === 0) {
      texts.endCell(column, end, o);
      return i;
    }
    return this.decode(bytes, at, i, column) ? i : unusual;
  }

  private decode(bytes: Buffer, from: number, to: number, column: number): boolean {
    const { texts } = this;
    try {
      const text = decodeText(bytes.toString('latin1', from, to));
      if (!isStorable(text)) return false;
      texts.endCell(column, texts.end, texts.write(text));
      return true;
    } catch (error) {
      if (error instanceof UnusualMarkup) return false;
      throw error;
    }
  }
}
