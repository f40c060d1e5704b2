/** Cell types (ECMA-376 part 1, 18.18.11 ST_CellType). */
export const cellTypes = {
  number: 0,
  shared: 1,
  /** The text result of a formula. */
  string: 2,
  inline: 3,
  boolean: 4,
  error: 5,
  /** ISO 8601 text. */
  date: 6,
} as const;
export type CellType = (typeof cellTypes)[keyof typeof cellTypes];

/** The type that the attribute `t` names; text for one that no specification knows. */
export function cellType(name: string | undefined): CellType {
  switch (name) {
    case undefined:
    case 'n':
      return cellTypes.number;
    case 's':
      return cellTypes.shared;
    case 'inlineStr':
      return cellTypes.inline;
    case 'b':
      return cellTypes.boolean;
    case 'e':
      return cellTypes.error;
    case 'd':
      return cellTypes.date;
    default:
      return cellTypes.string;
  }
}

/**
 * What both sheet parsers tell, cell by cell. Columns are 0-based, -1 where the cell does not say; row numbers
 * are 1-based, 0 where the row does not say, and may come again: then the row goes on, or another begins. Every cell is told, also one
 * without a value, as it takes a place.
 */
export interface CellSink {
  /** Columns that are hidden, before any row: first and last, 0-based. */
  hideColumns(first: number, last: number): void;
  openRow(number: number, isHidden: boolean): void;
  closeRow(): void;
  /** No row comes any more. */
  endRows(): void;
  /** @param formula true where it has a formula but no stored result */
  blankCell(column: number, formula: boolean): void;
  sharedCell(column: number, index: number): void;
  /** @param text digits, sign, point and exponent only */
  numberCell(column: number, style: number, text: string): void;
  valueCell(column: number, type: CellType, style: number, text: string): void;
  /** A cell whose markup is so long that it was not kept. */
  oversizedCell(column: number): void;
  /** True when the rows so far should be taken before more are made. */
  readonly full: boolean;
}
