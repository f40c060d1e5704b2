import type { Transaction } from '@/lib/server/platform/db/client';
import { KiB } from '@/lib/shared/bytes';
import type { RejectionReason } from '@/lib/shared/schema/stored-import';

/** Rows of one import being written inside one transaction. */
export interface Segment {
  /**
   * Takes rows, as tuples of COPY's binary format (lib/server/datasets/rows/copy-format.ts). Resolves when more may come; what is
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

/** What a cell, and what a reason, takes beside its text. */
const cellOverhead = 16;
const reasonOverhead = 100;

/**
 * How much memory a rejected row takes, in characters. A cell of one character that is wrong takes 250 with its reason:
 * 400 KB of such rows, counted by their cells alone, filled the worker's heap.
 */
export function charactersOf({ cells, reasons }: RejectedRow): number {
  let sum = 0;
  for (const cell of cells) sum += cell.length + cellOverhead;
  for (const { value, reason } of reasons) sum += value.length + reason.length + reasonOverhead;
  return sum;
}

/** Rejected rows that are handed on together at most, in characters. */
export const rejectedAtOnce = 512 * KiB;
