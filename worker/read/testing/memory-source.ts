import type { ByteSource } from '../source/types';

/**
 * Bytes in memory as a byte source, given out in chunks of chosen sizes: for tests, and for small things.
 *
 * @param chunk length of the next chunk, given the place it starts at; whole by default
 */
export function memorySource(
  name: string,
  content: string | Uint8Array,
  chunk: (start: number) => number = () => Number.POSITIVE_INFINITY,
): ByteSource {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    name,
    size: bytes.length,
    async *stream(start = 0, end = bytes.length) {
      for (let at = start; at < end; ) {
        const next = Math.min(end, at + Math.max(1, chunk(at)));
        yield bytes.subarray(at, next);
        at = next;
      }
    },
    read: async (start, end) => bytes.subarray(start, Math.min(end, bytes.length)),
  };
}
