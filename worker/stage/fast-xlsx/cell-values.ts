import { type CellType, cellTypes } from '@/worker/read/xlsx/sheet/cell-sink';
import { isNumeric } from '@/worker/read/xlsx/sheet/markup-characters';
import { formatKinds } from '@/worker/read/xlsx/values/number-format';
import { maskedText, numberText } from '@/worker/read/xlsx/values/number-text';
import { serialText } from '@/worker/read/xlsx/values/serial-date';
import type { StringTable } from '@/worker/read/xlsx/values/shared-strings';
import type { StyleKinds } from '@/worker/read/xlsx/values/styles';
import type { CellTexts } from './cell-texts';

/** What the values of cells refer to. */
export interface ValueOptions {
  strings: StringTable;
  styles: StyleKinds;
  date1904: boolean;
}

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const ONE = 49;

/** Decimals of so many digits are told apart by a double, so the shortest one of that double is the decimal itself. */
const exactDigits = 15;

const yes = Buffer.from('TRUE');
const no = Buffer.from('FALSE');

/** Days before June 2079, whose texts are made once. */
const knownDays = 65_536;
const dayLength = 'YYYY-MM-DD'.length;

/** Writes the texts of cells that are no text in the sheet: numbers, days, truth, and references to texts. */
export class CellValues {
  /** The texts of days, one after another; zeros for those that are not made yet. */
  private readonly days = Buffer.alloc(knownDays * dayLength);

  constructor(
    private readonly texts: CellTexts,
    private readonly options: ValueOptions,
  ) {}

  /** @returns false where it cannot vouch for the value */
  write(bytes: Buffer, from: number, to: number, type: CellType, style: number, column: number): boolean {
    switch (type) {
      case cellTypes.number:
        return this.number(bytes, from, to, style, column);
      case cellTypes.shared:
        return this.shared(bytes, from, to, column);
      case cellTypes.boolean:
        return this.truth(bytes, from, to, column);
      default:
        return false;
    }
  }

  private number(bytes: Buffer, from: number, to: number, style: number, column: number): boolean {
    const { texts, options } = this;
    const kind = options.styles[style] ?? formatKinds.number;
    if (kind === formatKinds.number && isShortest(bytes, from, to)) {
      this.copy(bytes, from, to, column);
      return true;
    }
    if (kind === formatKinds.date) {
      const day = this.day(bytes, from, to);
      if (day >= 0) {
        this.copy(this.days, day, day + dayLength, column);
        return true;
      }
    }
    const raw = bytes.toString('latin1', from, to);
    if (!isNumeric(raw, 0, raw.length)) return false;
    let text: string;
    if (typeof kind === 'object') text = maskedText(raw, kind);
    else text = kind === formatKinds.number ? numberText(raw) : serialText(raw, kind, options.date1904);
    texts.endCell(column, texts.end, texts.write(text));
    return true;
  }

  /** A whole day, by its digits. @returns where its text stands in {@link days}; -1 for anything else */
  private day(bytes: Buffer, from: number, to: number): number {
    let serial = 0;
    for (let i = from; i < to; i++) {
      const digit = (bytes[i] ?? 0) - ZERO;
      if (digit >>> 0 > 9 || serial >= knownDays) return -1;
      serial = serial * 10 + digit;
    }
    if (serial === 0 || serial >= knownDays) return -1;
    const { days } = this;
    const at = serial * dayLength;
    if (days[at] === 0) days.write(serialText(String(serial), formatKinds.date, this.options.date1904), at);
    return at;
  }

  private shared(bytes: Buffer, from: number, to: number, column: number): boolean {
    let index = 0;
    for (let i = from; i < to; i++) {
      const digit = (bytes[i] ?? 0) - ZERO;
      if (digit >>> 0 > 9) return false;
      index = index * 10 + digit;
    }
    const { strings } = this.options;
    if (!(index < strings.count)) return false;
    const text = strings.get(index);
    if (text === null || (strings.unstorable.size > 0 && strings.unstorable.has(index))) return false;
    const { texts } = this;
    texts.endCell(column, texts.end, texts.write(text));
    return true;
  }

  private truth(bytes: Buffer, from: number, to: number, column: number): boolean {
    if (to - from !== 1 || (bytes[from] !== ZERO && bytes[from] !== ONE)) return false;
    const text = bytes[from] === ONE ? yes : no;
    this.copy(text, 0, text.length, column);
    return true;
  }

  private copy(bytes: Buffer, from: number, to: number, column: number): void {
    const { texts } = this;
    const { bytes: out, end } = texts;
    let o = end;
    for (let i = from; i < to; i++) out[o++] = bytes[i] ?? 0;
    texts.endCell(column, end, o);
  }
}

/** True for nearly all numbers there are: few digits, no exponent, no needless zero. See `numberText`. */
function isShortest(bytes: Buffer, from: number, to: number): boolean {
  if (to - from > exactDigits) return false;
  let i = bytes[from] === MINUS ? from + 1 : from;
  const first = bytes[i] ?? 0;
  if ((first - ZERO) >>> 0 > 9) return false;
  // `0.5` is one, `007` and `-0` are none.
  if (first === ZERO && bytes[i + 1] !== POINT && to - from > 1) return false;
  let points = 0;
  for (i++; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === POINT) points++;
    else if ((byte - ZERO) >>> 0 > 9) return false;
  }
  const last = bytes[to - 1] ?? 0;
  return points === 0 || (points === 1 && last !== ZERO && last !== POINT);
}
