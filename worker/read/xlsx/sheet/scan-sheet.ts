import { limits } from '@/worker/read/source/types';
import { decodeText, type Markup, UnusualMarkup, visibleText } from '../values/text';
import { columnIndex } from './cell-name';
import { type CellSink, type CellType, cellTypes } from './cell-sink';
import { isName, isNumeric, isSpace, typeOf } from './markup-characters';
import { readPrologue } from './prologue';

/**
 * Where scanning stands: `more` markup is needed, the sink is `full`, the table is `done`, or something `unusual`
 * stands at {@link SheetScanner.rest}, which the strict parser has to read from there on.
 */
export type ScanState = 'more' | 'full' | 'done' | 'unusual';

/** A cell whose markup is longer is dropped: single characters may be formatted, but not so many. */
const maxCellMarkup = 8 * limits.cellCharacters;

const hidden = /\shidden="(?:1|true)"/;
const span = { first: /\smin="(\d+)"/, last: /\smax="(\d+)"/ };

const incomplete = -1;
const unusual = -2;

const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
const quote = 0x22;
const equals = 0x3d;
const space = 0x20;

/**
 * Reads the rows of a sheet (ECMA-376 part 1, 18.3.1.80 sheetData) from markup in pieces cut anywhere, three times
 * as fast as a general parser. It knows the forms that spreadsheet programs write and vouches for those only:
 * at anything else it stops, and `SaxSheet` goes on from {@link rest}.
 *
 * It works between two facts of XML: `<` stands nowhere but at the start of a tag, so that all before the last
 * `<` of the text is complete; and the text is all bytes below 0x80 outside of values.
 */
export class SheetScanner {
  private text: Markup = '';
  private at = 0;
  private inTable = false;
  private inRow = false;
  private dropping = false;

  constructor(private readonly sink: CellSink) {}

  /** @param piece the next bytes of the sheet, as one character each */
  feed(piece: Markup): void {
    this.text = this.at < this.text.length ? this.text.slice(this.at) + piece : piece;
    this.at = 0;
  }

  /** What was fed and not understood: begins at a tag. */
  get rest(): Markup {
    return this.text.slice(this.at);
  }

  /** The tags that are open at {@link rest}. */
  get open(): Markup {
    if (!this.inTable) return '';
    return this.inRow ? '<worksheet><sheetData><row>' : '<worksheet><sheetData>';
  }

  /** True when {@link rest} begins inside a row that the sink knows of. */
  get rowIsOpen(): boolean {
    return this.inRow;
  }

  /** Goes on as far as the markup that was fed allows. */
  run(): ScanState {
    if (this.dropping && !this.drop()) return 'more';
    if (!this.inTable) {
      const state = this.prologue();
      if (state) return state;
    }
    const { text } = this;
    const safe = text.lastIndexOf('<');
    let at = this.at;
    while (at < safe) {
      const code = text.charCodeAt(at);
      if (code !== lessThan) {
        if (!isSpace(code)) return this.stop(at, 'unusual');
        at++;
      } else if (this.inRow) {
        if (text.charCodeAt(at + 1) === 0x63) {
          const next = this.cell(at, safe);
          if (next === incomplete) return this.waitForCell(at);
          if (next === unusual) return this.stop(at, 'unusual');
          at = next;
        } else if (text.startsWith('</row>', at)) {
          this.inRow = false;
          this.sink.closeRow();
          at += 6;
          if (this.sink.full) return this.stop(at, 'full');
        } else return this.stop(at, 'unusual');
      } else if (text.startsWith('<row', at)) {
        const next = this.row(at);
        if (next === unusual) return this.stop(at, 'unusual');
        at = next;
      } else return this.stop(at, text.startsWith('</sheetData>', at) ? 'done' : 'unusual');
    }
    // A tag or blank space that goes on and on is left to the strict parser, which has a limit.
    return this.stop(at, text.length - at > maxCellMarkup ? 'unusual' : 'more');
  }

  private stop(at: number, state: ScanState): ScanState {
    this.at = at;
    return state;
  }

  /** Moves behind `<sheetData>`. Null when it did. */
  private prologue(): ScanState | null {
    const prologue = readPrologue(this.text);
    if (typeof prologue === 'string') return prologue;
    for (const column of prologue.columns) this.hide(column);
    if (prologue.isEmpty) return 'done';
    this.inTable = true;
    this.at = prologue.end;
    return null;
  }

  private hide(column: Markup): void {
    if (!hidden.test(column)) return;
    const [first = 0, last = 0] = [span.first, span.last].map((part) => Number(part.exec(column)?.[1]));
    if (first >= 1 && last >= first) this.sink.hideColumns(first - 1, last - 1);
  }

  /** Reads a row's tag (18.3.1.73): `r` and `hidden` are wanted; heights, spans and styles are passed over. */
  private row(start: number): number {
    const { text } = this;
    let at = start + 4;
    let number = 0;
    let isHidden = false;
    let code = text.charCodeAt(at);
    while (code === space) {
      const isNumber = text.charCodeAt(at + 1) === 0x72 && text.charCodeAt(at + 2) === equals;
      const name = at + 1;
      at = this.value(name);
      if (at === unusual) return unusual;
      if (isNumber) {
        while ((code = text.charCodeAt(at)) >= 0x30 && code <= 0x39) {
          number = number * 10 + code - 0x30;
          at++;
        }
        if (code !== quote) return unusual;
      } else {
        if (text.charCodeAt(name) === 0x68) isHidden ||= isSaidHidden(text, name);
        at = text.indexOf('"', at);
      }
      if (at < 0) return unusual;
      code = text.charCodeAt(++at);
    }
    if (code === greaterThan) {
      this.sink.openRow(number, isHidden);
      this.inRow = true;
      return at + 1;
    }
    if (code !== slash || text.charCodeAt(at + 1) !== greaterThan) return unusual;
    this.sink.openRow(number, isHidden);
    this.sink.closeRow();
    return at + 2;
  }

  /** From the first character of an attribute's name to the first of its value. */
  private value(start: number): number {
    const { text } = this;
    let at = start;
    let code = text.charCodeAt(at);
    while (isName(code)) code = text.charCodeAt(++at);
    if (at === start || code !== equals || text.charCodeAt(at + 1) !== quote) return unusual;
    return at + 2;
  }

  /**
   * Reads one cell (18.3.1.4) and tells the sink. Nothing is told where it returns `incomplete` or `unusual`.
   * @param start of `<c`
   * @param safe position of the last `<` in the text
   */
  private cell(start: number, safe: number): number {
    const { text } = this;
    let at = start + 2;
    let column = -1;
    let style = 0;
    let type: CellType = cellTypes.number;
    let code = text.charCodeAt(at);
    while (code === space) {
      const name = text.charCodeAt(at + 2) === equals ? text.charCodeAt(at + 1) : 0;
      at = this.value(at + 1);
      if (at === unusual) return unusual;
      code = text.charCodeAt(at);
      if (name === 0x72) {
        column = 0;
        while (code >= 0x41 && code <= 0x5a) {
          column = column * 26 + code - 0x40;
          code = text.charCodeAt(++at);
        }
        column--;
        while (code >= 0x30 && code <= 0x39) code = text.charCodeAt(++at);
        if (code !== quote || column < 0 || column > 0xffffff) return unusual;
      } else if (name === 0x73) {
        while (code >= 0x30 && code <= 0x39) {
          style = style * 10 + code - 0x30;
          code = text.charCodeAt(++at);
        }
        if (code !== quote) return unusual;
      } else if (name === 0x74) {
        const end = text.indexOf('"', at);
        const known = typeOf(text, at, end);
        if (known === null) return unusual;
        type = known;
        at = end;
      } else at = text.indexOf('"', at);
      if (at < 0) return unusual;
      code = text.charCodeAt(++at);
    }
    if (code === slash && text.charCodeAt(at + 1) === greaterThan) {
      this.sink.blankCell(column, false);
      return at + 2;
    }
    if (code !== greaterThan) return unusual;
    return this.content(at + 1, safe, column, type, style);
  }

  /** Reads what stands between a cell's tags: a formula, a value, an inline text. */
  private content(start: number, safe: number, column: number, type: CellType, style: number): number {
    const { text } = this;
    let at = start;
    let from = -1;
    let to = -1;
    let inline = -1;
    let formula = false;
    for (;;) {
      if (at >= safe) return incomplete;
      if (text.charCodeAt(at) !== lessThan) {
        if (!isSpace(text.charCodeAt(at))) return unusual;
        at++;
        continue;
      }
      const code = text.charCodeAt(at + 1);
      if (code === 0x76 && from < 0) {
        if (text.charCodeAt(at + 2) === greaterThan) {
          from = at + 3;
          to = text.indexOf('<', from);
          if (to >= safe) return incomplete;
          if (!text.startsWith('</v>', to)) return unusual;
          at = to + 4;
        } else if (text.startsWith('<v/>', at)) {
          at += 4;
          from = at;
          to = at;
        } else return unusual;
      } else if (code === slash) {
        if (!text.startsWith('</c>', at)) return unusual;
        at += 4;
        break;
      } else if (code === 0x66 && !formula) {
        formula = true;
        const end = text.indexOf('>', at);
        const open = text.charCodeAt(at + 2);
        if (open !== greaterThan && open !== space && open !== slash) return unusual;
        if (text.charCodeAt(end - 1) === slash) at = end + 1;
        else {
          const close = text.indexOf('<', end);
          if (close >= safe) return incomplete;
          if (!text.startsWith('</f>', close)) return unusual;
          at = close + 4;
        }
      } else if (code === 0x69 && inline < 0 && text.startsWith('<is>', at)) {
        inline = at + 4;
        at = text.indexOf('</is>', at);
        if (at < 0 || at >= safe) return incomplete;
        to = at;
        at += 5;
      } else return unusual;
    }
    return this.tell(column, type, style, inline >= 0 ? inline : from, to, inline >= 0, formula)
      ? at
      : unusual;
  }

  /** Tells the sink of a cell whose value is text[from, to). False where the value is not plain. */
  private tell(
    column: number,
    type: CellType,
    style: number,
    from: number,
    to: number,
    inline: boolean,
    formula: boolean,
  ): boolean {
    const { text, sink } = this;
    if (from < 0 || (from === to && type !== cellTypes.string)) {
      sink.blankCell(column, formula && !inline);
    } else if (type === cellTypes.shared) {
      let index = 0;
      for (let at = from; at < to; at++) {
        const code = text.charCodeAt(at);
        if (code < 0x30 || code > 0x39) return false;
        index = index * 10 + code - 0x30;
      }
      sink.sharedCell(column, index);
    } else if (type === cellTypes.number && !inline && isNumeric(text, from, to)) {
      sink.numberCell(column, style, text.slice(from, to));
    } else {
      const markup = text.slice(from, to);
      try {
        sink.valueCell(column, type, style, inline ? visibleText(markup) : decodeText(markup));
      } catch (error) {
        if (error instanceof UnusualMarkup) return false;
        throw error;
      }
    }
    return true;
  }

  /** A cell is not whole yet. One that grows beyond all measure is dropped up to its end. */
  private waitForCell(at: number): ScanState {
    this.at = at;
    const { text } = this;
    if (text.length - at <= maxCellMarkup) return 'more';
    const column =
      /^<c(?: [a-zA-Z:]+="[^"<]*")*? r="([A-Z]{1,5})\d*"/.exec(text.slice(at, at + 1024))?.[1] ?? '';
    if (text.indexOf('<!', at) >= 0) return 'unusual';
    this.sink.oversizedCell(columnIndex(column));
    this.dropping = true;
    return this.drop() ? this.run() : 'more';
  }

  /** Drops text up to the end of the cell. True when that was found. */
  private drop(): boolean {
    const end = this.text.indexOf('</c>', this.at);
    this.dropping = end < 0;
    this.at = end < 0 ? Math.max(this.at, this.text.length - 3) : end + 4;
    return end >= 0;
  }
}

/** Whether the attribute at a place is a row's `hidden`, and true. */
function isSaidHidden(text: Markup, at: number): boolean {
  return text.startsWith('hidden="1"', at) || text.startsWith('hidden="true"', at);
}
