import { KiB } from '@/lib/shared/bytes';
import type { ByteSource } from '@/worker/read/source/types';

/** A file in memory, given out in chunks of any size. */
export class MemorySource implements ByteSource {
  readonly size: number;
  /** Streams that were opened and not yet released. */
  open = 0;

  constructor(
    private readonly bytes: Uint8Array,
    readonly name = 'test.xlsx',
    private readonly chunkSize = 64 * KiB,
  ) {
    this.size = bytes.length;
  }

  async *stream(start = 0, end = this.size): AsyncGenerator<Uint8Array> {
    this.open++;
    try {
      for (let at = start; at < end; at += this.chunkSize) {
        yield this.bytes.subarray(at, Math.min(end, at + this.chunkSize));
      }
    } finally {
      this.open--;
    }
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    return this.bytes.subarray(start, end);
  }
}
