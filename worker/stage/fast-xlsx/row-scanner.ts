import { limits } from '@/worker/read/source/types';
import { type CellType, cellTypes } from '@/worker/read/xlsx/sheet/cell-sink';
import { isSpace } from '@/worker/read/xlsx/sheet/markup-characters';
import { CellTexts } from './cell-texts';
import { CellValues, type ValueOptions } from './cell-values';
import { DecodedMarkup } from './decoded-markup';
import { EQUALS, GREATER, LESS, matches, QUOTE, SLASH, SPACE, tags, unusual, ZERO } from './tags';

const A = 65;
const LETTERS = 26;

/**
 * Reads the cells of a row (ECMA-376 part 1, 18.3.1.73) from bytes, without strings: what spreadsheet programs write
 * nearly always. It vouches for nothing else.
 *
 * Somewhere behind the row there has to be a `<`, so that the loops need not ask where they are.
 */
export class RowScanner {
  readonly texts: CellTexts = new CellTexts();
  private readonly values: CellValues;
  private readonly decoded = new DecodedMarkup(this.texts);
  /** The column of a cell that does not say its own. */
  private next = 0;
  // Of the cell at hand.
  private column = 0;
  private style = 0;
  private type: CellType = cellTypes.number;

  constructor(options: ValueOptions) {
    this.values = new CellValues(this.texts, options);
  }

  /**
   * @param at behind the row's tag
   * @returns behind its end tag, or {@link unusual}
   */
  scan(bytes: Buffer, at: number): number {
    this.texts.clear();
    this.next = 0;
    let i = at;
    for (;;) {
      while (isSpace(bytes[i] ?? 0)) i++;
      if (bytes[i] !== LESS) return unusual;
      if (bytes[i + 1] !== 0x63) break;
      i = this.cell(bytes, i + 2);
      if (i < 0) return unusual;
    }
    return matches(bytes, i, tags.rowEnd) && !this.texts.overflowed ? i + tags.rowEnd.length : unusual;
  }

  /** A cell (18.3.1.4), from behind `<c` on. */
  private cell(bytes: Buffer, at: number): number {
    const i = this.attributes(bytes, at);
    if (i < 0) return unusual;
    if (this.column < 0) this.column = this.next;
    this.next = this.column + 1;
    if (bytes[i] === SLASH) return bytes[i + 1] === GREATER ? i + 2 : unusual;
    if (bytes[i] !== GREATER) return unusual;
    // One that comes twice, or too far to the right.
    if (this.column < this.texts.count || this.column >= limits.columns) return unusual;
    return this.content(bytes, i + 1);
  }

  private attributes(bytes: Buffer, at: number): number {
    this.column = -1;
    this.style = 0;
    this.type = cellTypes.number;
    let i = at;
    while (bytes[i] === SPACE) {
      if (bytes[i + 2] !== EQUALS || bytes[i + 3] !== QUOTE) return unusual;
      const name = bytes[i + 1];
      i += 4;
      if (name === 0x72) i = this.place(bytes, i);
      else if (name === 0x73) i = this.styleAt(bytes, i);
      else if (name === 0x74) i = this.typeAt(bytes, i);
      else return unusual;
      if (i < 0 || bytes[i] !== QUOTE) return unusual;
      i++;
    }
    return i;
  }

  private place(bytes: Buffer, at: number): number {
    let i = at;
    let column = 0;
    for (let letter = (bytes[i] ?? 0) - A; letter >>> 0 < LETTERS; letter = (bytes[++i] ?? 0) - A)
      column = column * LETTERS + letter + 1;
    if (i === at || i - at > 4) return unusual;
    this.column = column - 1;
    while (((bytes[i] ?? 0) - ZERO) >>> 0 <= 9) i++;
    return i;
  }

  private styleAt(bytes: Buffer, at: number): number {
    let i = at;
    let style = 0;
    for (let digit = (bytes[i] ?? 0) - ZERO; digit >>> 0 <= 9; digit = (bytes[++i] ?? 0) - ZERO)
      style = style * 10 + digit;
    this.style = style;
    return i;
  }

  private typeAt(bytes: Buffer, at: number): number {
    if (bytes[at + 1] === QUOTE) {
      const code = bytes[at];
      if (code === 0x73) this.type = cellTypes.shared;
      else if (code === 0x62) this.type = cellTypes.boolean;
      else if (code !== 0x6e) return unusual;
      return at + 1;
    }
    if (matches(bytes, at, tags.string)) {
      this.type = cellTypes.string;
      return at + tags.string.length;
    }
    if (!matches(bytes, at, tags.inline)) return unusual;
    this.type = cellTypes.inline;
    return at + tags.inline.length;
  }

  /** What stands between a cell's tags: a formula, a value or an inline text. */
  private content(bytes: Buffer, at: number): number {
    let i = at;
    if (bytes[i] === LESS && bytes[i + 1] === 0x66) {
      i = behindFormula(bytes, i + 2);
      if (i < 0) return unusual;
    }
    if (matches(bytes, i, tags.value)) i = this.value(bytes, i + tags.value.length);
    else if (matches(bytes, i, tags.inlineStart)) i = this.inline(bytes, i + tags.inlineStart.length);
    if (i < 0 || !matches(bytes, i, tags.cellEnd)) return unusual;
    return i + tags.cellEnd.length;
  }

  /** From behind `<v>` to behind `</v>`. */
  private value(bytes: Buffer, at: number): number {
    let to: number;
    if (this.type === cellTypes.string) to = this.decoded.copy(bytes, at, this.column);
    else if (this.type === cellTypes.inline) return unusual;
    else {
      to = at;
      while (bytes[to] !== LESS) to++;
      if (from(to, at) && !this.values.write(bytes, at, to, this.type, this.style, this.column))
        return unusual;
    }
    return to >= 0 && matches(bytes, to, tags.valueEnd) ? to + tags.valueEnd.length : unusual;
  }

  /** From behind `<is>` to behind `</is>`: one text. */
  private inline(bytes: Buffer, at: number): number {
    if (this.type !== cellTypes.inline) return unusual;
    let i = at;
    if (matches(bytes, i, tags.text)) i += tags.text.length;
    else if (matches(bytes, i, tags.preservedText)) i += tags.preservedText.length;
    else return unusual;
    const to = this.decoded.copy(bytes, i, this.column);
    return to >= 0 && matches(bytes, to, tags.textEnd) ? to + tags.textEnd.length : unusual;
  }
}

/** Whether there is anything between two places. */
const from = (to: number, at: number) => to > at;

/** @param at behind `<f` */
function behindFormula(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first !== GREATER && first !== SPACE && first !== SLASH) return unusual;
  let i = at;
  while (bytes[i] !== GREATER) {
    if (bytes[i] === LESS) return unusual;
    i++;
  }
  if (bytes[i - 1] === SLASH) return i + 1;
  i++;
  while (bytes[i] !== LESS) i++;
  return matches(bytes, i, tags.formulaEnd) ? i + tags.formulaEnd.length : unusual;
}
