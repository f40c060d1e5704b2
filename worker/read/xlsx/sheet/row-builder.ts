import { ownText } from '@/lib/server/platform/own-text';
import { MiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { limits, type Problem } from '@/worker/read/source/types';
import { formatKinds } from '../values/number-format';
import { maskedText, numberText } from '../values/number-text';
import { serialText } from '../values/serial-date';
import type { StringTable } from '../values/shared-strings';
import type { StyleKinds } from '../values/styles';
import { isStorable } from '../values/text';
import { booleanText, isoText } from '../values/typed-text';
import { cellName } from './cell-name';
import { type CellSink, type CellType, cellTypes } from './cell-sink';
import { mostColumns, RowPlace } from './row-place';

/** A batch is full at any of these: larger ones outgrow V8's young generation, and were no faster. */
const batchRows = 1_000;
const batchCells = 16_384;
const batchCharacters = 2 * MiB;

/** Text of one row. A workbook can name one long text in every cell, and each is written out in the end. */
const maxRowCharacters = 4 * limits.cellCharacters;

/** Spreadsheet programs stop at 1,048,576. Rows are stored under their number, as a 32-bit integer. */
export const maxRow = 100_000_000;

const excerptLength = 200;

export interface RowBuilderOptions {
  sheet: string;
  strings: StringTable;
  styles: StyleKinds;
  date1904: boolean;
  /** Rows before this one are counted but not kept. */
  firstRow: number;
  /** The row that was read before the first one; none where absent. */
  afterRow?: number;
  /** Notes which cells are numbers and not texts: a preview asks. */
  noteNumbers?: boolean;
}

/** Rows taken out of a {@link RowBuilder}. `rows[i]` is row `numbers[i]` of the sheet. */
export interface BuiltRows {
  rows: string[][];
  numbers: number[];
  problems: Problem[];
  /** Of each row, the cells that are numbers, where that is noted. */
  numeric: ReadonlySet<number>[];
}

/**
 * Makes rows of text of the cells that a sheet parser finds: positions, shared strings, dates, errors, limits.
 * Cells and rows without a value leave nothing behind but their place.
 */
export class RowBuilder implements CellSink {
  /** The first formula cell met that has no stored result, e.g. `C7`. */
  uncalculated: string | null = null;
  /** The first cell that is shown as a time of day but holds a day as well. */
  dayHidden: string | null = null;

  private rows: string[][] = [];
  private numbers: number[] = [];
  private problems: Problem[] = [];
  private numeric: Set<number>[] = [];
  /** Those of the row in the making. */
  private isNumber: Set<number> | null = null;
  private cellCount = 0;
  private characters = 0;
  private readonly rowPlace: RowPlace;
  private row = 0;
  private rowCharacters = 0;
  private next = 0;
  /** Cells of an element of which is not known yet whether it goes on with the row, and their text. */
  private held: (() => void)[] = [];
  private heldCharacters = 0;
  /** The row in the making. A copy of the right length is given out: pushing leaves room for 17 cells in each. */
  private readonly cells: string[] = [];
  private width = 0;
  private wanted = true;
  private ended = false;

  constructor(private readonly options: RowBuilderOptions) {
    this.rowPlace = new RowPlace(options.afterRow);
  }

  /** The first row that is placed by order, since its number is not beyond the one before. */
  get misnumbered(): number | null {
    return this.rowPlace.misnumbered;
  }

  /** The number that this row repeats, where it does. */
  get repeated(): number | null {
    return this.rowPlace.repeated;
  }

  get full(): boolean {
    return (
      this.rows.length >= batchRows || this.cellCount >= batchCells || this.characters >= batchCharacters
    );
  }

  get count(): number {
    return this.rows.length;
  }

  /** Takes out what is whole: the last row, and its problems, stay until another row begins or the sheet ends. */
  take(): BuiltRows {
    const { rows, numbers, numeric } = this;
    const isWhole = ({ row }: Problem) => this.ended || row !== this.row;
    const problems = this.problems.filter(isWhole);
    this.problems = this.problems.filter((problem) => !isWhole(problem));
    this.rows = [];
    this.numbers = [];
    this.numeric = [];
    this.cellCount = 0;
    this.characters = 0;
    return { rows, numbers, problems, numeric };
  }

  openRow(number: number): void {
    this.next = 0;
    if (this.rowPlace.open(number)) this.beginRow();
  }

  private beginRow(): void {
    this.keepRow();
    this.row = this.rowPlace.row;
    if (this.row > maxRow) {
      throw new ImportFailure(
        'MALFORMED_FILE',
        `The file is damaged: the sheet “${this.options.sheet}” has a row numbered ${this.row}.`,
      );
    }
    this.wanted = this.row >= this.options.firstRow;
    this.rowCharacters = 0;
    if (this.options.noteNumbers) this.isNumber = new Set();
    this.release();
  }

  hideColumns(): void {}

  /** The next element may go on with it. */
  closeRow(): void {
    this.release();
  }

  endRows(): void {
    this.release();
    this.keepRow();
    this.ended = true;
  }

  private keepRow(): void {
    if (this.width === 0) return;
    this.rows.push(this.cells.slice(0, this.width));
    this.numbers.push(this.row);
    if (this.isNumber) this.numeric.push(this.isNumber);
    this.cellCount += this.width;
    this.characters += this.rowCharacters;
    this.width = 0;
  }

  blankCell(column: number, formula: boolean): void {
    const at = this.place(column);
    if (!formula || this.uncalculated !== null) return;
    if (this.rowPlace.isOpen) this.hold(() => this.noteUncalculated(at));
    else this.noteUncalculated(at);
  }

  sharedCell(column: number, index: number): void {
    const at = this.fill(column);
    if (this.rowPlace.isOpen) this.hold(() => this.setShared(at, index));
    else this.setShared(at, index);
  }

  numberCell(column: number, style: number, text: string): void {
    const at = this.fill(column);
    if (this.rowPlace.isOpen) this.hold(() => this.setNumber(at, style, text));
    else this.setNumber(at, style, text);
  }

  valueCell(column: number, type: CellType, style: number, text: string): void {
    if (text === '') {
      this.place(column);
      return;
    }
    const at = this.fill(column);
    if (!this.rowPlace.isOpen) this.setValue(at, type, style, text);
    else if (this.heldCharacters + text.length > maxRowCharacters) this.hold(() => this.setOversized(at));
    else {
      this.heldCharacters += text.length;
      this.hold(() => this.setValue(at, type, style, text));
    }
  }

  oversizedCell(column: number): void {
    const at = this.fill(column);
    if (this.rowPlace.isOpen) this.hold(() => this.setOversized(at));
    else this.setOversized(at);
  }

  private place(column: number): number {
    const at = column < 0 ? this.next : column;
    this.next = at + 1;
    return at;
  }

  private fill(column: number): number {
    const at = this.place(column);
    if (this.rowPlace.fill(at)) this.beginRow();
    return at;
  }

  private hold(set: () => void): void {
    this.held.push(set);
    // More than one row can have: whatever it is, it does not go on with the one before.
    if (this.held.length <= mostColumns) return;
    this.rowPlace.begin(true);
    this.beginRow();
  }

  /** The row is known now that the cells held are in. */
  private release(): void {
    if (this.held.length === 0) return;
    const { held } = this;
    this.held = [];
    this.heldCharacters = 0;
    for (const set of held) set();
  }

  private noteUncalculated(at: number): void {
    if (this.wanted) this.uncalculated ??= cellName(at, this.row);
  }

  private setShared(at: number, index: number): void {
    if (!this.wanted) return;
    const { strings } = this.options;
    if (!(index < strings.count)) {
      throw new ImportFailure(
        'MALFORMED_FILE',
        `The file is damaged: cell ${cellName(at, this.row)} of the sheet “${this.options.sheet}” refers to a text that is missing.`,
      );
    }
    const text = strings.get(index);
    if (text === null) this.tooLarge(at, '');
    else if (strings.unstorable.size > 0 && strings.unstorable.has(index)) this.unstorable(at, text);
    else this.set(at, text);
  }

  private setNumber(at: number, style: number, text: string): void {
    if (!this.wanted) return;
    const kind = this.options.styles[style] ?? formatKinds.number;
    if (kind === formatKinds.number) {
      this.set(at, numberText(text));
      this.isNumber?.add(at);
      return;
    }
    if (typeof kind === 'object') {
      this.set(at, maskedText(text, kind));
      return;
    }
    if (kind === formatKinds.time && Number(text) >= 1) this.dayHidden ??= cellName(at, this.row);
    this.set(at, serialText(text, kind, this.options.date1904));
  }

  private setValue(at: number, type: CellType, style: number, text: string): void {
    if (!this.wanted) return;
    if (!isStorable(text)) {
      this.unstorable(at, text);
      return;
    }
    switch (type) {
      case cellTypes.number:
        this.setNumber(at, style, text.trim());
        break;
      case cellTypes.boolean:
        this.set(at, booleanText(text));
        break;
      case cellTypes.date:
        this.set(at, isoText(text));
        break;
      case cellTypes.error:
        this.set(at, text);
        this.problem(at, text, 'formula-error', `Cell ${cellName(at, this.row)} holds the error ${text}.`);
        break;
      default:
        this.set(at, text);
    }
  }

  private setOversized(at: number): void {
    if (this.wanted) this.tooLarge(at, '');
  }

  private set(at: number, text: string): void {
    if (text === '') return;
    if (text.length > limits.cellCharacters) {
      this.tooLarge(at, text);
      return;
    }
    this.rowCharacters += text.length;
    if (this.rowCharacters > maxRowCharacters) {
      this.tooLarge(at, text);
      return;
    }
    this.put(at, text);
  }

  private put(at: number, text: string): void {
    if (at >= limits.columns) {
      throw new ImportFailure(
        'TOO_MANY_COLUMNS',
        `The sheet “${this.options.sheet}” has a value in cell ${cellName(at, this.row)}; tables may have ${limits.columns.toLocaleString('en')} columns.`,
      );
    }
    if (at < this.width) this.rewrite(at, text);
    for (; this.width < at; this.width++) this.cells[this.width] = '';
    this.cells[at] = text;
    if (at === this.width) this.width++;
  }

  /** A cell that comes again in one element: nobody can tell which value is meant. */
  private rewrite(at: number, text: string): void {
    const before = this.cells[at] ?? '';
    if (before === '') return;
    this.isNumber?.delete(at);
    if (before === text) return;
    const name = cellName(at, this.row);
    this.problem(
      at,
      text,
      'cell-twice',
      `Cell ${name} comes twice, with the values “${short(before)}” and “${short(text)}”.`,
    );
  }

  private tooLarge(at: number, text: string): void {
    const excerpt = ownText(text.slice(0, excerptLength));
    this.put(at, excerpt);
    const name = cellName(at, this.row);
    const whole = this.rowCharacters > maxRowCharacters;
    this.problem(
      at,
      excerpt,
      'cell-too-large',
      whole
        ? `The texts of row ${this.row} up to cell ${name} are longer than ${maxRowCharacters.toLocaleString('en')} characters.`
        : `Cell ${name} is longer than ${limits.cellCharacters.toLocaleString('en')} characters.`,
    );
  }

  private unstorable(at: number, text: string): void {
    const excerpt = ownText(text.slice(0, excerptLength).replaceAll('\0', '\\0').toWellFormed());
    this.put(at, excerpt);
    const name = cellName(at, this.row);
    if (text.includes('\0')) {
      this.problem(at, excerpt, 'nul-byte', `Cell ${name} holds a NUL character, which cannot be stored.`);
    } else {
      this.problem(
        at,
        excerpt,
        'invalid-encoding',
        `Cell ${name} holds half of a character, which cannot be stored.`,
      );
    }
  }

  private problem(column: number, value: string, code: Problem['code'], reason: string): void {
    const last = this.problems.at(-1);
    // One is enough to reject a row for its size; there could be one for each of 16,384 cells.
    if ((code === 'cell-too-large' || code === 'cell-twice') && last?.row === this.row && last.code === code)
      return;
    this.problems.push({
      row: this.row,
      column,
      value: ownText(value.slice(0, excerptLength)),
      code,
      reason,
    });
  }
}

const short = (text: string) => text.slice(0, 50);
