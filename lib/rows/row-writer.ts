import type { Transaction } from '../db/client';
import type { RejectionReason } from '../imports/stored';

/** Rows of one import being written inside one transaction. */
export interface Segment {
  /**
   * Takes one row.
   * @param rowNumber row number in the file
   * @param values canonical text by column slot, null for an empty cell; the array may be used again afterwards
   */
  add(rowNumber: number, values: readonly (string | null)[]): void;
  /** Hands over what was added; resolves when more may come (back-pressure). */
  flush(): Promise<void>;
  /** Hands over the rest. @returns how many rows Postgres says it stored */
  end(): Promise<number>;
  /** Gives up: the transaction is about to be rolled back. */
  abandon(error: Error): void;
}

/** A way of writing rows. */
export interface RowWriter {
  open(tx: Transaction, importId: number): Promise<Segment>;
}

/** A row that is not stored: its raw cells and the reasons. */
export interface RejectedRow {
  rowNumber: number;
  cells: string[];
  reasons: RejectionReason[];
}
