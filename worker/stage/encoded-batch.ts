import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import type { Position } from '../read/source/types';

/** Rows of a file in file order, checked, and encoded for their writer. What a segment is made of. */
export interface EncodedBatch {
  /** The stored rows, as tuples of COPY's binary format or as their writer takes them. They stay as they are until {@link release}. */
  tuples: Uint8Array;
  /** To be called when the tuples were written: their memory is used again. */
  release(): void;
  /** How many rows `tuples` holds. */
  stored: number;
  rejected: RejectedRow[];
  /** Rows of nothing but blanks: they are neither stored nor rejected. */
  leftOut: number;
  /** Valid once this whole batch was written. */
  position: Position;
  /** Bytes of the stored file consumed so far. */
  bytes: number;
}
