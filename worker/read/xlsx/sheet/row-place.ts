/** Columns that a sheet may have. */
export const mostColumns = 16_384;

/**
 * Which row of the sheet an element belongs to. Some programs write an element for each cell, all with the number of
 * their row; others give many rows the same number. So elements with one number are one row as long as they fill
 * different cells. One that fills a cell again is a row of its own, counted in the order in which it stands.
 */
export class RowPlace {
  /** The first row whose number is not beyond the one before it: it is placed by order. */
  misnumbered: number | null = null;
  /** Its number as the sheet says it, where that is one that a row has already. */
  repeated: number | null = null;
  /** Whether the element may still turn out to be a row of its own. */
  isOpen = false;
  /** Its number as the sheet says it; 0 where it does not. */
  private said = 0;
  private isRepeat = false;
  /** Whether all elements with this number are rows of their own from here on: one with several cells was. */
  private isApart = false;
  private element = 0;
  private firstElement = 0;
  private filled = 0;
  /** For each column, the last element that filled it. */
  private readonly filledBy = new Uint32Array(mostColumns);

  /** @param row its number: before the first element, that of the row before */
  constructor(public row = 0) {}

  /**
   * @param number 0 where the element has none
   * @returns whether it begins a row; if it does not, that may turn out later
   */
  open(number: number): boolean {
    this.element++;
    this.filled = 0;
    const isSame = number > 0 && number === this.said;
    this.said = number;
    this.isOpen = isSame && !this.isApart;
    if (this.isOpen) return false;
    this.begin(isSame);
    return true;
  }

  /** Call for each cell with a value. @returns whether it shows the element to be a row of its own, which has begun */
  fill(column: number): boolean {
    // Nearly every cell of nearly every sheet.
    if (!this.isOpen && !this.isRepeat) {
      this.filledBy[column] = this.element;
      return false;
    }
    const before = this.filledBy[column] ?? 0;
    this.filledBy[column] = this.element;
    this.filled++;
    const begins = this.isOpen && before >= this.firstElement && before < this.element;
    if (begins) this.begin(true);
    if (this.isRepeat && this.filled > 1) this.isApart = true;
    return begins;
  }

  /** Makes the element a row of its own, whatever it fills. */
  begin(isRepeat: boolean): void {
    const number = this.said;
    this.isOpen = false;
    this.isRepeat = isRepeat;
    this.isApart &&= isRepeat;
    this.firstElement = this.element;
    // Numbers have to grow, as rows are stored under them: one that does not is placed by order.
    if (number > this.row) {
      this.row = number;
      return;
    }
    this.row++;
    if (number === 0 || this.misnumbered !== null) return;
    this.misnumbered = this.row;
    if (isRepeat) this.repeated = number;
  }
}
