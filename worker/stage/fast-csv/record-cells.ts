/** The cells of one row, in the bytes that hold it. */
export interface RecordCells {
  /** Places of the first byte of each cell, and of the byte after its last. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** How each is spelled: bits. */
  readonly spelled: Uint8Array;
  /** How many there are. */
  readonly count: number;
  /** They as text. */
  cells(bytes: Buffer): string[];
}
