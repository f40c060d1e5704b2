import { KiB } from '@/lib/shared/bytes';
import { BufferPool } from './buffer-pool';
import { jsonArray, tupleBytes, tupleHead } from './copy-format';

/** Bytes of a batch of rows in the usual case. */
export const batchBytes: number = 256 * KiB;

const nothing = new Uint8Array(0);

/**
 * Rows as tuples of COPY's binary format, outside V8's heap: a row is written at once and its string dies young. Kept
 * as strings until the batch ended, they outgrew the young generation and cost a quarter of an import in garbage
 * collection.
 */
export class TupleBuffer {
  private readonly head: Buffer;
  /** None before the first row: a record that is looked at alone is mostly rejected. */
  private bytes: Buffer | undefined;
  private used = 0;

  /** @param pool where its memory comes from, for {@link release} to give back */
  constructor(
    importId: number,
    private readonly pool: BufferPool = new BufferPool(batchBytes, 0),
  ) {
    this.head = tupleHead(importId);
  }

  /** @param values canonical text by column slot, null for an empty cell */
  add(rowNumber: number, values: readonly (string | null)[]): void {
    const json = jsonArray(values);
    // No UTF-16 code unit takes more than three bytes of UTF-8.
    const most = tupleBytes + json.length * 3;
    this.bytes ??= this.pool.take();
    const bytes = this.bytes.length - this.used < most ? this.grow(this.bytes, most) : this.bytes;
    const { head } = this;
    const lengthAt = bytes.writeInt32BE(rowNumber, this.used + head.copy(bytes, this.used));
    const length = bytes.write(json, lengthAt + 4, 'utf8');
    bytes.writeInt32BE(length, lengthAt);
    this.used = lengthAt + 4 + length;
  }

  /** The bytes of all rows so far, which stay as they are until {@link release}. */
  take(): Uint8Array {
    return this.bytes?.subarray(0, this.used) ?? nothing;
  }

  /** Nobody needs its bytes any more. */
  release(): void {
    if (this.bytes) this.pool.give(this.bytes);
  }

  private grow(small: Buffer, by: number): Buffer {
    const larger = Buffer.allocUnsafeSlow(Math.max(small.length * 2, this.used + by));
    small.copy(larger, 0, 0, this.used);
    this.pool.give(small);
    this.bytes = larger;
    return larger;
  }
}
