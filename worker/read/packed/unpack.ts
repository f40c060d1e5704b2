import { ImportFailure } from '@/lib/shared/schema/import/failure';
import type { ByteSource, Compression } from '../source/types';
import { inflateLimits, openPart } from '../zip/part';
import { inflate } from './inflate';
import { Tail } from './tail';
import { zipContent } from './zip-content';

/**
 * Streams what a stored file holds once it is unpacked, in bounded memory.
 *
 * @param taken told how many bytes of the stored file were read so far
 * @throws ImportFailure INCOMPLETE_FILE, MALFORMED_FILE, INFLATED_TOO_LARGE, PASSWORD_PROTECTED or UNSUPPORTED_FORMAT;
 *   errors of the source pass through
 */
export async function* unpack(
  source: ByteSource,
  compression: Exclude<Compression, null>,
  taken: (bytes: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  if (compression === 'gzip') return yield* inflate(source.stream(), taken, source.mostUnpacked);
  const content = await zipContent(source);
  if (content.kind !== 'file') {
    throw new ImportFailure('FILE_CHANGED', 'The stored file is a workbook, and was a packed file before.');
  }
  const part = openPart(source, content.directory, content.part, inflateLimits.sheet);
  for await (const piece of part) {
    taken(part.consumed);
    yield piece;
  }
}

/**
 * The last bytes of what is unpacked, and how many come before them. Since all of it is unpacked, a bomb is refused here,
 * before a row of it is stored.
 *
 * @throws ImportFailure as {@link unpack}
 */
export async function unpackedEnd(
  source: ByteSource,
  compression: Exclude<Compression, null>,
  bytes: number,
): Promise<{ bytes: Buffer; start: number }> {
  const tail = new Tail(bytes);
  for await (const chunk of unpack(source, compression)) tail.push(chunk);
  return tail.take();
}

/** The first bytes of what is unpacked, `bytes` of them at the most, and whether they are all. */
export async function unpackedHead(
  source: ByteSource,
  compression: Exclude<Compression, null>,
  bytes: number,
): Promise<{ head: Buffer; whole: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of unpack(source, compression)) {
    parts.push(Uint8Array.from(chunk));
    size += chunk.length;
    if (size >= bytes) return { head: Buffer.concat(parts).subarray(0, bytes), whole: false };
  }
  return { head: Buffer.concat(parts), whole: true };
}
