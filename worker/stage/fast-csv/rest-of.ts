import type { ByteSource } from '@/worker/read/source/types';

/**
 * What is left of a file that is being read, as a byte source of its own: the bytes at hand, then what the same
 * stream goes on to give. Can be streamed once, from where it begins.
 *
 * @param start place in the file of the first byte at hand
 */
export function restOf(
  source: ByteSource,
  start: number,
  atHand: Uint8Array[],
  chunks: AsyncIterator<Uint8Array>,
): ByteSource {
  return {
    name: source.name,
    size: source.size,
    read: (from, to) => source.read(from, to),
    async *stream(from = 0) {
      if (from !== start) throw new Error(`The rest begins at byte ${start}, not at ${from}.`);
      yield* atHand;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    },
  };
}
