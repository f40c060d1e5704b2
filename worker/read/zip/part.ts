import { pipeline, Readable, type Transform } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { KiB, MiB } from '@/lib/shared/bytes';
import { ImportFailure, passwordProtected } from '@/lib/shared/schema/import/failure';
import type { ByteSource } from '../source/types';
import type { Directory, Part } from './directory';

/** How far a part may inflate. */
export interface InflateLimit {
  /** Bytes of the inflated part. */
  bytes: number;
}

export const inflateLimits = {
  /** Relationships, workbook: a few kilobytes in real files. */
  small: { bytes: 16 * MiB },
  /** Styles: real files reach some megabytes. */
  styles: { bytes: 64 * MiB },
  /** Shared strings are kept in a temporary file, so this bounds the disk that one import takes. */
  strings: { bytes: 2048 * MiB - 1 },
  /** Streamed in bounded memory: 500,000 × 7 cells take 188 MB. */
  sheet: { bytes: 16_384 * MiB },
} as const;

/**
 * Deflate reaches 1,032:1. Real sheets measure 4 to 20, a million styled blank rows 10 to 60, one string
 * repeated a thousand times 66; a bomb has to stay near the maximum to be worth its name.
 */
const maxRatio = 250;
const ratioFrom = 64 * MiB;

/** Pieces handed to the scanner: 500,000 rows took 2.1 s, with 256 KiB 2.4 s, with 64 KiB 2.1 s. */
const pieceSize = 128 * KiB;

/** The inflated bytes of one part, and how many stored bytes were taken so far. */
export interface PartStream extends AsyncIterable<Buffer> {
  readonly consumed: number;
  /** Stored bytes of the whole part. */
  readonly stored: number;
  /** How many inflated bytes were given out so far. */
  readonly inflated: number;
}

/**
 * Streams one part inflated, with back-pressure to the source. Size, ratio and checksum are verified; leaving
 * the loop early releases everything.
 *
 * @throws ImportFailure INFLATED_TOO_LARGE by declared or counted size, MALFORMED_FILE where the data is damaged,
 *   PASSWORD_PROTECTED for an encrypted entry, INCOMPLETE_FILE where the data ends early.
 */
export function openPart(
  source: ByteSource,
  directory: Directory,
  part: Part,
  limit: InflateLimit,
): PartStream {
  const progress = { consumed: 0, inflated: 0 };
  const most = { bytes: Math.min(limit.bytes, source.mostUnpacked ?? limit.bytes) };
  return {
    stored: part.entry.compressedSize,
    get consumed() {
      return progress.consumed;
    },
    get inflated() {
      return progress.inflated;
    },
    [Symbol.asyncIterator]: () => inflated(source, directory, part, most, progress),
  };
}

async function* inflated(
  source: ByteSource,
  directory: Directory,
  part: Part,
  limit: InflateLimit,
  progress: { consumed: number; inflated: number },
): AsyncGenerator<Buffer> {
  const { compressedSize, uncompressedSize, compressionMethod } = part.entry;
  checkInflation(part, uncompressedSize, limit);
  if (part.entry.isEncrypted()) {
    throw passwordProtected('workbook');
  }
  if (compressionMethod !== 0 && compressionMethod !== 8) {
    throw damaged(part, `it is packed by an unknown method (${compressionMethod})`);
  }
  const start = await directory.dataStart(part);
  const stored = storedBytes(source, directory, start, start + compressedSize, progress);
  let size = 0;
  let checksum = 0;
  for await (const piece of compressionMethod === 8 ? inflate(stored, part) : stored) {
    size += piece.length;
    checksum = crc32(piece, checksum);
    if (size > uncompressedSize) throw damaged(part, 'it unpacks to more than it declares');
    checkInflation(part, size, limit);
    progress.inflated = size;
    yield piece;
  }
  if (size !== uncompressedSize) throw damaged(part, 'it ends early');
  if (checksum !== part.entry.crc32) throw damaged(part, 'its checksum is wrong');
}

async function* storedBytes(
  source: ByteSource,
  directory: Directory,
  start: number,
  end: number,
  progress: { consumed: number },
): AsyncGenerator<Buffer> {
  const known = directory.cached(start, end);
  for await (const chunk of known ? [known] : source.stream(start, end)) {
    progress.consumed += chunk.length;
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  }
}

async function* inflate(stored: AsyncGenerator<Buffer>, part: Part): AsyncGenerator<Buffer> {
  // zlib works on a thread of its own: while this thread scans a piece, the next is being inflated.
  const inflater: Transform = createInflateRaw({ chunkSize: pieceSize });
  pipeline(Readable.from(stored, { objectMode: false }), inflater, () => {});
  try {
    for await (const piece of inflater) yield piece;
  } catch (error) {
    throw isZlibError(error) ? damaged(part, 'it cannot be unpacked', error) : error;
  } finally {
    // The pipeline lets go of the source as well, but some time later.
    await stored.return(undefined);
  }
}

function isZlibError(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && /^Z_/.test(error.code)
  );
}

function checkInflation(part: Part, size: number, limit: InflateLimit): void {
  if (size > limit.bytes || (size > ratioFrom && size > part.entry.compressedSize * maxRatio)) {
    throw new ImportFailure(
      'INFLATED_TOO_LARGE',
      `${name(part)} unpacks from ${megabytes(part.entry.compressedSize)} to ${megabytes(size)} or more, which is refused.`,
    );
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}

function name(part: Part): string {
  return `A part of the file (“${part.name}”)`;
}

function damaged(part: Part, how: string, cause?: unknown): ImportFailure {
  return new ImportFailure('MALFORMED_FILE', `The file is damaged: in “${part.name}”, ${how}.`, { cause });
}
