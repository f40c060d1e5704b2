import { BufferPool } from './buffer-pool';
import { jsonArray, tupleBytes, tupleHead } from './copy-format';

/** Bytes of a batch of rows in the usual case. */
export const batchBytes: number = 256 * 1024;

/**
 * Rows as tuples of COPY's binary format, outside V8's heap: a row is written at once and its string dies young. Kept
 * as strings until the batch ended, they outgrew the young generation and cost a quarter of an import in garbage
 * collection.
 */
export class TupleBuffer {
  private readonly head: Buffer;
  private bytes: Buffer;
  private used = 0;

  /** @param pool where its memory comes from, for {@link release} to give back */
  constructor(
    importId: number,
    private readonly pool: BufferPool = new BufferPool(batchBytes, 0),
  ) {
    this.head = tupleHead(importId);
    this.bytes = pool.take();
  }

  /** @param values canonical text by column slot, null for an empty cell */
  add(rowNumber: number, values: readonly (string | null)[]): void {
    const json = jsonArray(values);
    // No UTF-16 code unit takes more than three bytes of UTF-8.
    const most = tupleBytes + json.length * 3;
    if (this.bytes.length - this.used < most) this.grow(most);
    const { bytes, head } = this;
    const lengthAt = bytes.writeInt32BE(rowNumber, this.used + head.copy(bytes, this.used));
    const length = bytes.write(json, lengthAt + 4, 'utf8');
    bytes.writeInt32BE(length, lengthAt);
    this.used = lengthAt + 4 + length;
  }

  /** The bytes of all rows so far, which stay as they are until {@link release}. */
  take(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  /** Nobody needs its bytes any more. */
  release(): void {
    this.pool.give(this.bytes);
  }

  private grow(by: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.used + by));
    this.bytes.copy(larger, 0, 0, this.used);
    this.pool.give(this.bytes);
    this.bytes = larger;
  }
}
