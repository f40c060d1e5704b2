/** Which row of the sheet an element belongs to. */
export class RowPlace {
  /** Its number. */
  row = 0;
  /** The first row whose number is not beyond the one before it, and does not repeat it. */
  misnumbered: number | null = null;
  /** Its number as the sheet says it; 0 where it does not. */
  private said = 0;

  /**
   * @param number 0 where the element has none
   * @returns whether it begins a row: some programs write an element for each cell, all with the number of their row
   */
  open(number: number): boolean {
    if (number > 0 && number === this.said) return false;
    this.said = number;
    // Numbers have to grow, as rows are stored under them: one that does not is placed by order.
    if (number > this.row) this.row = number;
    else {
      this.row++;
      if (number > 0) this.misnumbered ??= this.row;
    }
    return true;
  }
}
