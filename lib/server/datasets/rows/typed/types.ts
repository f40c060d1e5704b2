import type { ColumnType } from '@/lib/shared/schema/dataset/column';

/** How a cell's canonical text becomes the value of its column's SQL type, in the binary format of COPY. */
export interface CellEncoder {
  /**
   * Writes the value.
   * @param bytes canonical text from `from` to `to`
   * @param out with room for 12 bytes and as many as the text has
   * @returns where writing goes on; -1 where the type has no such value
   * @throws Error for what no check lets through
   */
  write(bytes: Buffer, from: number, to: number, out: Buffer, at: number): number;
  /** Whether PostgreSQL spells the value as the text does; null where it always does. */
  prints: ((bytes: Buffer, from: number, to: number) => boolean) | null;
}

/** The most that a value takes beyond the bytes of its text. */
export const aroundValue = 12;

/** What to throw for bytes that are no canonical text: a fault of the program, not of the file. */
export function notCanonical(type: ColumnType, bytes: Buffer, from: number, to: number): Error {
  return new Error(
    `Not canonical for ${type}: ${JSON.stringify(bytes.toString('utf8', from, to).slice(0, 40))}.`,
  );
}
