import { KiB } from '@/lib/shared/bytes';
import { unpack } from '../packed/unpack';
import type { ByteSource, CsvLayout } from '../source/types';
import { decoding } from './decode/decoding';

/** Text of a stored file, chunk by chunk. */
export interface TextChunk {
  text: string;
  /** Bytes of the stored file read so far, from its start. */
  bytes: number;
}

/** Bytes decoded at once: bounds what one record may grow to before it is looked at. */
const sliceBytes = 256 * KiB;

/**
 * Streams a file's text: unpacked, decoded, without its byte order mark.
 *
 * @param start byte to begin at; only 0 for a packed file
 * @throws ImportFailure when it cannot be unpacked
 */
export async function* textStream(
  source: ByteSource,
  layout: Pick<CsvLayout, 'compression' | 'encoding'>,
  start: number,
): AsyncGenerator<TextChunk> {
  let bytes = start;
  const { compression } = layout;
  const unpacked =
    compression === null ? source.stream(start) : unpack(source, compression, (taken) => (bytes = taken));
  const decoder = decoding(layout.encoding);
  let atStart = start === 0;
  for await (const chunk of unpacked) {
    for (let from = 0; from < chunk.length; from += sliceBytes) {
      const slice = chunk.subarray(from, from + sliceBytes);
      if (compression === null) bytes += slice.length;
      let text = decoder.write(slice);
      if (atStart && text !== '') {
        if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
        atStart = false;
      }
      if (text !== '') yield { text, bytes };
    }
  }
  const rest = decoder.end();
  if (rest !== '') yield { text: rest, bytes };
}

/** Bytes of the mark that {@link textStream} leaves out. */
export function markSize(head: Uint8Array, encoding: string): number {
  if (encoding === 'utf-8') return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  if (encoding === 'utf-16le') return head[0] === 0xff && head[1] === 0xfe ? 2 : 0;
  if (encoding === 'utf-16be') return head[0] === 0xfe && head[1] === 0xff ? 2 : 0;
  return 0;
}
