import { to as copyTo } from 'pg-copy-streams';
import { borrowConnection } from '@/lib/server/platform/db/client';

/** Signature, flags, length of the header's extension (PostgreSQL manual, COPY, “Binary Format”). */
const headerBytes = 19;

/** A tuple: its first field, an int4, and where the others stand, each with its length before it. */
export interface CopiedTuple {
  number: number;
  bytes: Buffer;
  start: number;
  end: number;
}

/** Of the count of fields, and of the number with its length. */
const numberBytes = 10;

/**
 * Streams a page of rows by COPY, as the raw bytes that Postgres sends. Postgres waits while the reader pauses.
 * @param query SQL of an int4 that is not null and of any other columns
 * @param settings SQL that is run first, in the same transaction
 */
export async function* copyOut(query: string, settings: string): AsyncGenerator<CopiedTuple[]> {
  const { connection, release } = await borrowConnection();
  let completed = false;
  try {
    await connection.query('BEGIN');
    await connection.query(settings);
    const copy = connection.query(copyTo(`copy (${query}) to stdout (format binary)`));
    let buffered: Buffer = Buffer.alloc(0);
    let begun = false;
    for await (const chunk of copy) {
      buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
      if (!begun) {
        if (buffered.length < headerBytes) continue;
        buffered = buffered.subarray(headerBytes + buffered.readInt32BE(headerBytes - 4));
        begun = true;
      }
      const { tuples, at } = tuplesIn(buffered);
      buffered = buffered.subarray(at);
      if (tuples.length > 0) yield tuples;
    }
    await connection.query('COMMIT');
    completed = true;
  } finally {
    // A connection with a half-read answer cannot be reused.
    release(!completed);
  }
}

/** The complete tuples at the start of these bytes, and the offset of the first incomplete one. */
function tuplesIn(bytes: Buffer): { tuples: CopiedTuple[]; at: number } {
  const tuples: CopiedTuple[] = [];
  let at = 0;
  while (at + numberBytes <= bytes.length) {
    let fields = bytes.readInt16BE(at) - 1;
    let end = at + numberBytes;
    for (; fields > 0 && end + 4 <= bytes.length; fields--) end += 4 + Math.max(0, bytes.readInt32BE(end));
    if (fields > 0 || end > bytes.length) break;
    tuples.push({ number: bytes.readInt32BE(at + 6), bytes, start: at + numberBytes, end });
    at = end;
  }
  return { tuples, at };
}
