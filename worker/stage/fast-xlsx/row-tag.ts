import { isName } from '@/worker/read/xlsx/sheet/markup-characters';
import { EQUALS, GREATER, LESS, matches, QUOTE, SLASH, SPACE, tags, ZERO } from './tags';

const R = 0x72;

/** What stands where a row may begin. */
export type Found = 'row' | 'end' | 'more' | 'unusual';

/** A row's start tag (18.3.1.73): its number is wanted; heights, spans and styles are passed over. */
export class RowTag {
  /** As the sheet says it; 0 where it does not. */
  number = 0;
  /** Where what follows the tag begins. */
  end = 0;
  /** The row has no cells, and no end tag. */
  isEmpty = false;

  /** @param end where the bytes at hand end */
  read(bytes: Buffer, at: number, end: number): Found {
    if (end - at < tags.tableEnd.length) return 'more';
    if (!matches(bytes, at, tags.rowStart)) return matches(bytes, at, tags.tableEnd) ? 'end' : 'unusual';
    const close = bytes.indexOf(GREATER, at);
    if (close < 0 || close >= end) return 'more';
    return this.attributes(bytes, at + tags.rowStart.length, close) ? 'row' : 'unusual';
  }

  private attributes(bytes: Buffer, at: number, close: number): boolean {
    this.number = 0;
    let i = at;
    while (bytes[i] === SPACE) {
      const name = i + 1;
      i = name;
      while (isName(bytes[i] ?? 0)) i++;
      if (i === name || bytes[i] !== EQUALS || bytes[i + 1] !== QUOTE) return false;
      const isNumber = bytes[name] === R && i === name + 1;
      i += 2;
      if (isNumber) i = this.readNumber(bytes, i);
      else while (i < close && bytes[i] !== QUOTE && bytes[i] !== LESS) i++;
      if (bytes[i] !== QUOTE) return false;
      i++;
    }
    this.isEmpty = bytes[i] === SLASH;
    this.end = close + 1;
    return (this.isEmpty ? i + 1 : i) === close;
  }

  private readNumber(bytes: Buffer, at: number): number {
    let i = at;
    let number = 0;
    for (let digit = (bytes[i] ?? 0) - ZERO; digit >>> 0 <= 9; digit = (bytes[++i] ?? 0) - ZERO)
      number = number * 10 + digit;
    this.number = number;
    return i;
  }
}
