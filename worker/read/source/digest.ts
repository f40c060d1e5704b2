import { createHash, type Hash } from 'node:crypto';
import type { ByteSource } from './types';

export interface Digest {
  /** Hexadecimal SHA-256 of every byte of the file, once all of them were read. */
  sha256(): string;
  /**
   * Hexadecimal MD5 of each part, or of the whole file after a single PUT: what the store gave as the ETag of each
   * (S3 user guide, “Checking object integrity”).
   */
  md5s(): string[];
  /**
   * The same of the parts that were read so far, the one under way read to its end: for a file that turned out to be
   * damaged, and need not be read to its own end to say by whom.
   */
  md5sSoFar(): Promise<string[]>;
}

/**
 * Digests a source's bytes while they are read from the start. A stream that begins later (a resumed import)
 * reads the bytes before it too, for the digest only: what was read earlier was read by another process.
 * @param partSize bytes of a part of the multipart upload, null for a single PUT
 */
export function digesting(
  source: ByteSource,
  partSize: number | null,
): { source: ByteSource; digest: Digest } {
  const sha = createHash('sha256');
  const parts: string[] = [];
  let part: Hash = createHash('md5');
  let partBytes = 0;
  let total = 0;

  const update = (chunk: Uint8Array) => {
    sha.update(chunk);
    total += chunk.byteLength;
    for (let at = 0; at < chunk.byteLength; ) {
      const take = Math.min(chunk.byteLength - at, (partSize ?? Number.POSITIVE_INFINITY) - partBytes);
      part.update(take === chunk.byteLength ? chunk : chunk.subarray(at, at + take));
      partBytes += take;
      at += take;
      if (partBytes === partSize) {
        parts.push(part.digest('hex'));
        part = createHash('md5');
        partBytes = 0;
      }
    }
  };

  async function* stream(start = 0): AsyncGenerator<Uint8Array> {
    for await (const chunk of source.stream(0)) {
      const before = total;
      update(chunk);
      if (total <= start) continue;
      yield before >= start ? chunk : chunk.subarray(start - before);
    }
  }

  let ended: { sha256: string; md5s: string[] } | undefined;
  const end = () => {
    if (total !== source.size) throw new Error(`${total} of ${source.size} bytes were read.`);
    if (!ended) {
      if (partBytes > 0) parts.push(part.digest('hex'));
      ended = { sha256: sha.digest('hex'), md5s: parts };
    }
    return ended;
  };
  const finishPart = async () => {
    const missing = partSize === null ? source.size - total : (partSize - partBytes) % partSize;
    const until = Math.min(source.size, total + missing);
    for await (const chunk of until > total ? source.stream(total, until) : []) update(chunk);
    return total === source.size ? end().md5s : [...parts];
  };
  return {
    source: {
      name: source.name,
      size: source.size,
      mostUnpacked: source.mostUnpacked,
      read: (start, end) => source.read(start, end),
      stream,
    },
    digest: { sha256: () => end().sha256, md5s: () => end().md5s, md5sSoFar: finishPart },
  };
}
