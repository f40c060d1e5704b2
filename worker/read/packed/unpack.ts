import { ImportFailure } from '@/lib/imports/failure';
import type { ByteSource, Compression } from '../types';
import { inflateLimits, openPart } from '../xlsx/package/part';
import { inflate } from './inflate';
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

/** A gzip file of so many bytes is unpacked once before anything of it is used: 2 s where it holds 800 MB. */
const countedBytes = 64 * 1024 * 1024;

/**
 * Refuses a gzip file that unpacks to too much, as early as that can be known: a small one before a row of it is stored,
 * since it says nothing itself of what it holds. What is in a zip declares its size, and is refused by that.
 *
 * @throws ImportFailure as {@link unpack}
 */
export async function refuseBomb(source: ByteSource, compression: Compression): Promise<void> {
  if (compression !== 'gzip' || source.size > countedBytes) return;
  for await (const _ of unpack(source, compression));
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
