import type { CellSink } from './cell-sink';

/** Finds out whether a sheet has any value at all. */
export class ValueFinder implements CellSink {
  found = false;

  get full(): boolean {
    return this.found;
  }

  openRow(): void {}
  closeRow(): void {}
  endRows(): void {}
  blankCell(): void {}

  sharedCell(): void {
    this.found = true;
  }

  numberCell(): void {
    this.found = true;
  }

  valueCell(_column: number, _type: number, _style: number, text: string): void {
    if (text !== '') this.found = true;
  }

  oversizedCell(): void {
    this.found = true;
  }
}
