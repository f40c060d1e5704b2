import type { CellSink } from './cell-sink';
import { mostColumns, RowPlace } from './row-place';

/** Rows or columns that follow each other, by number, both ends among them. */
export type Stretch = [first: number, last: number];

/** Stretches of hidden rows that are kept; more are only counted. */
const mostStretches = 1_000;

/** Counts what a sheet holds, and finds what of it is hidden. Rows, columns and cells count that have a value. */
export class SheetSurvey implements CellSink {
  rows = 0;
  cells = 0;
  /** Hidden rows, by number. */
  readonly hiddenRows: Stretch[] = [];
  hiddenRowCount = 0;
  private readonly place = new RowPlace();
  private readonly filled = new Uint8Array(mostColumns);
  private readonly hidden = new Uint8Array(mostColumns);
  private next = 0;
  private rowCells = 0;
  private elementCells = 0;
  private isHidden = false;
  private isElementHidden = false;

  /** @param toFirst ends with the first value */
  constructor(private readonly toFirst: boolean) {}

  get full(): boolean {
    return this.toFirst && this.cells > 0;
  }

  get columns(): number {
    return this.filled.reduce((count, isFilled) => count + isFilled, 0);
  }

  /** Hidden columns with a value, 0-based. */
  get hiddenColumns(): number[] {
    return [...this.filled.keys()].filter((column) => this.filled[column] === 1 && this.hidden[column] === 1);
  }

  hideColumns(first: number, last: number): void {
    this.hidden.fill(1, Math.max(0, first), Math.min(mostColumns, last + 1));
  }

  openRow(number: number, isHidden: boolean): void {
    this.next = 0;
    this.elementCells = 0;
    this.isElementHidden = isHidden;
    if (!this.place.open(number)) return;
    this.rowCells = 0;
    this.isHidden = isHidden;
  }

  /** An element that goes on with a row hides all of it. */
  closeRow(): void {
    if (!this.isElementHidden || this.isHidden) return;
    this.isHidden = true;
    if (this.rowCells > 0) this.hideRow();
  }

  endRows(): void {}

  blankCell(column: number): void {
    this.next = (column < 0 ? this.next : column) + 1;
  }

  sharedCell(column: number): void {
    this.count(column);
  }

  numberCell(column: number): void {
    this.count(column);
  }

  valueCell(column: number, _type: number, _style: number, text: string): void {
    if (text === '') this.blankCell(column);
    else this.count(column);
  }

  oversizedCell(column: number): void {
    this.count(column);
  }

  private count(column: number): void {
    const at = column < 0 ? this.next : column;
    this.next = at + 1;
    if (at < mostColumns) this.filled[at] = 1;
    this.cells++;
    this.elementCells++;
    if (this.place.fill(at)) {
      this.rowCells = this.elementCells;
      this.isHidden = this.isElementHidden;
    } else if (++this.rowCells > 1) return;
    this.rows++;
    if (this.isHidden) this.hideRow();
  }

  private hideRow(): void {
    const { row } = this.place;
    const last = this.hiddenRows.at(-1);
    this.hiddenRowCount++;
    if (last && last[1] === row - 1) last[1] = row;
    else if (this.hiddenRows.length < mostStretches) this.hiddenRows.push([row, row]);
  }
}
