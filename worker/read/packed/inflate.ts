import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { GiB, KiB, MiB } from '@/lib/shared/bytes';
import { formatBytes } from '@/lib/shared/format-bytes';
import { ImportFailure } from '@/lib/shared/schema/import/failure';

/** Tables of real data shrink 3 to 30 times; gzip cannot exceed 1,032. Looked at once this much has come out. */
const suspiciousRatio = 200;
const ratioCountsFrom = 16 * MiB;
const inflatedBytesMax = 64 * GiB;
/** What goes in at a time: what was taken in and has not come out yet counts for the ratio. */
const pieceBytes = 16 * KiB;

/**
 * Inflates a gzip stream, of one member or several, in bounded memory.
 *
 * @param stored the compressed bytes
 * @param taken told how many of them were read so far
 * @param most bytes that may come out
 * @throws ImportFailure INCOMPLETE_FILE, MALFORMED_FILE or INFLATED_TOO_LARGE; errors of `stored` pass through
 */
export async function* inflate(
  stored: AsyncIterable<Uint8Array>,
  taken: (bytes: number) => void,
  most = inflatedBytesMax,
): AsyncGenerator<Uint8Array> {
  let bytesIn = 0;
  let bytesOut = 0;
  async function* counted() {
    for await (const chunk of stored) {
      for (let at = 0; at < chunk.length; at += pieceBytes) {
        const piece = chunk.subarray(at, at + pieceBytes);
        taken((bytesIn += piece.length));
        yield piece;
      }
    }
  }
  const gunzip = createGunzip({ chunkSize: 128 * KiB });
  // Its failure also reaches the loop below, which is where it is reported.
  const piped = pipeline(Readable.from(counted()), gunzip).catch(() => {});
  try {
    for await (const chunk of gunzip) {
      bytesOut += chunk.length;
      if (
        bytesOut > Math.min(most, inflatedBytesMax) ||
        (bytesOut > ratioCountsFrom && bytesOut > bytesIn * suspiciousRatio)
      ) {
        throw new ImportFailure(
          'INFLATED_TOO_LARGE',
          bytesOut > most
            ? 'The compressed file unpacks to more than what is left of your quota.'
            : `The compressed file unpacks to more than ${formatBytes(bytesOut)}, which is too much for a file of its size.`,
        );
      }
      yield chunk;
    }
  } catch (error) {
    throw asFailure(error);
  } finally {
    gunzip.destroy();
    await piped;
  }
}

function asFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'Z_BUF_ERROR') {
    return new ImportFailure('INCOMPLETE_FILE', 'The compressed file ends too early.', { cause: error });
  }
  if (code === 'Z_DATA_ERROR') {
    return new ImportFailure('MALFORMED_FILE', 'The compressed file is damaged.', { cause: error });
  }
  return error;
}
