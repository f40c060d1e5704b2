import type { Transaction } from '../db/client';
import type { RejectionReason } from '../imports/stored';

/** Rows of one import being written inside one transaction. */
export interface Segment {
  /**
   * Takes rows, as tuples of COPY's binary format (lib/rows/copy-format.ts). Resolves when more may come; what is
   * under way by then is bounded by the segment's size.
   * @param done called when the tuples' memory may be used again
   */
  write(tuples: Uint8Array, done?: () => void): Promise<void>;
  /** Ends the segment. @returns how many rows Postgres says it stored */
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

/** How much of the memory a rejected row's cells take. */
export function charactersOf({ cells }: RejectedRow): number {
  return cells.reduce((sum, cell) => sum + cell.length, 0);
}
