/**
 * COPY's binary format for the table of a dataset (PostgreSQL manual, COPY, “Binary Format”): a signature, a tuple a
 * row, an end. Half the processor time of the text format in Postgres, which need not look for tabs, line ends and
 * backslashes: 500,000 rows × 7 columns over two connections took 0.54 s instead of 0.86 s.
 */
import { columnNames, type RowTarget } from './row-target';

/** Signature, flags, length of the header's extension: what a COPY begins with. */
export const copyBegin: Buffer = Buffer.concat([
  Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'),
  Buffer.alloc(8),
]);

/** In place of a number of fields: the COPY is over. */
export const copyEnd: Buffer = Buffer.from([0xff, 0xff]);

/** Bytes of what every tuple of an import begins with. */
const headBytes = 14;

/** Bytes of a tuple before the first cell: number of fields, the import's id, the row's number. */
export const placeBytes: number = headBytes + 4;

/** Bytes before a field's value: how many it has. */
export const lengthBytes = 4;

/** The length of a field without a value. */
export const noValue = -1;

/** What a jsonb begins with, before its text. */
export const jsonbVersion = 1;

/** What every tuple of an import begins with; after it comes the row's number. */
export function tupleHead(target: RowTarget): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeInt16BE(columnNames(target).length, 0);
  head.writeInt32BE(4, 2);
  head.writeInt32BE(target.importId, 6);
  head.writeInt32BE(4, 10);
  return head;
}

/** What JSON has a special spelling for, and halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A text or nothing, as JSON. */
export function jsonText(text: string | null | undefined): string {
  if (text === null || text === undefined) return 'null';
  return special.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** What `"_exact"` says of a cell whose value prints otherwise. Texts of such types are ASCII, without quotes. */
export const exactMember = (slot: number, text: string): string => `"${slot}":"${text}"`;
