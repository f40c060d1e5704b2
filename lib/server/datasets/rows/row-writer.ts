import type { Transaction } from '@/lib/server/platform/db/client';
import type { CellsForm } from '@/lib/server/platform/db/generated/enums';
import { KiB } from '@/lib/shared/bytes';
import type { RejectionReason } from '@/lib/shared/schema/import/stored-import';
import type { BufferPool } from './buffer-pool';
import type { RowTarget } from './row-target';

/** Rows that are being encoded for a writer. */
export interface RowBuffer {
  /** @param values canonical text by column slot, null for an empty cell */
  add(rowNumber: number, values: readonly (string | null)[]): void;
  /** The bytes of all rows so far, which stay as they are until {@link release}. */
  take(): Uint8Array;
  /** Nobody needs its bytes any more. */
  release(): void;
}

/** Rows of one import being written inside one transaction. */
export interface Segment {
  /**
   * Takes rows that a buffer of the same writer encoded. Resolves when more may come; what is under way by then is bounded
   * by the segment's size.
   * @param done called when the rows' memory may be used again
   */
  write(rows: Uint8Array, done?: () => void): Promise<void>;
  /** Ends the segment. @returns how many rows Postgres says it stored */
  end(): Promise<number>;
  /** Gives up: the transaction is about to be rolled back. */
  abandon(error: Error): void;
}

/** A way of writing rows. */
export interface RowWriter {
  /** @param pool where the buffer's memory comes from */
  buffer(target: RowTarget, pool?: BufferPool): RowBuffer;
  open(tx: Transaction, target: RowTarget): Promise<Segment>;
}

/**
 * Writes rows inside a transaction.
 * @param feed feeds them; what it resolves with says how many they were
 * @throws Error when Postgres stored another number of rows: then the transaction is not to be committed
 */
export async function writeRows<Fed extends { stored: number }>(
  tx: Transaction,
  { target, writer }: { target: RowTarget; writer: RowWriter },
  feed: (segment: Segment) => Promise<Fed>,
): Promise<Fed> {
  const segment = await writer.open(tx, target);
  try {
    const fed = await feed(segment);
    assertStored(await segment.end(), fed.stored);
    return fed;
  } catch (error) {
    segment.abandon(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** @throws Error when Postgres stored fewer rows than it was given, or more: a trigger may do that */
export function assertStored(stored: number, given: number): void {
  if (stored !== given) throw new Error(`Postgres stored ${stored} of ${given} rows.`);
}

/** A row that was rejected: its cells and the reasons. */
export interface RejectedRow {
  rowNumber: number;
  cells: string[];
  cellsForm: CellsForm;
  /** It is staged as well: only its key is wrong, which is decided on anew when all others are. */
  staged: boolean;
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
