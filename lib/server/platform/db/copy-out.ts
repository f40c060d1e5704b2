import { to as copyTo } from 'pg-copy-streams';
import { borrowConnection } from './client';
import { byIndexSql } from './index-order';

/** Signature, flags, length of the header's extension (PostgreSQL manual, COPY, “Binary Format”). */
const headerBytes = 19;

/** A tuple of two fields, an int4 and bytes: where they stand. */
export interface NumberedBytes {
  number: number;
  bytes: Buffer;
  start: number;
  end: number;
}

/** Fields, length of the number, number, length of the bytes. */
const tupleBytes = 14;

/**
 * A page of rows by COPY, in the order of an index, some at a time: the bytes as Postgres has them, never made into texts
 * or objects. Postgres waits while nobody takes the next ones.
 * @param query SQL of two columns, an int4 and a text or json, neither of them null
 */
export async function* copyOut(query: string): AsyncGenerator<NumberedBytes[]> {
  const { connection, release } = await borrowConnection();
  let whole = false;
  try {
    await connection.query('BEGIN');
    await connection.query(byIndexSql);
    const copy = connection.query(copyTo(`copy (${query}) to stdout (format binary)`));
    let rest: Buffer = Buffer.alloc(0);
    let begun = false;
    for await (const chunk of copy) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (!begun) {
        if (rest.length < headerBytes) continue;
        rest = rest.subarray(headerBytes + rest.readInt32BE(headerBytes - 4));
        begun = true;
      }
      const { rows, at } = tuplesIn(rest);
      rest = rest.subarray(at);
      if (rows.length > 0) yield rows;
    }
    await connection.query('COMMIT');
    whole = true;
  } finally {
    // One that was left in the middle of its answer is of no use to anybody else.
    release(!whole);
  }
}

/** The whole tuples at the beginning of these bytes, and where the first that is not whole begins. */
function tuplesIn(bytes: Buffer): { rows: NumberedBytes[]; at: number } {
  const rows: NumberedBytes[] = [];
  let at = 0;
  while (at + tupleBytes <= bytes.length) {
    const start = at + tupleBytes;
    const end = start + bytes.readInt32BE(at + tupleBytes - 4);
    if (end > bytes.length) break;
    rows.push({ number: bytes.readInt32BE(at + 6), bytes, start, end });
    at = end;
  }
  return { rows, at };
}
