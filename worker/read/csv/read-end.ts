import { KiB } from '@/lib/shared/bytes';
import { type Dialect, lineEnd } from '@/lib/shared/csv/dialect';
import { lastRows, unknownRow } from '@/lib/shared/csv/left-out';
import type { NumberedRow } from '@/lib/shared/csv/sniff/header';
import { unpackedEnd } from '../packed/unpack';
import type { ByteSource, Compression } from '../source/types';
import { decoding } from './decode/decoding';
import { parsePiece } from './parse-piece';

/** What is read of the end of a text, where totals and notes stand. */
const endBytes = 64 * KiB;
const fittingShare = 0.5;

/**
 * The last rows of a file that is longer than its head, without their numbers, which nobody knows yet. Of a packed file
 * all of it is unpacked for them.
 *
 * @param width cells of most rows
 * @returns null where rows cannot be told from the last bytes alone
 */
export async function readTextEnd(
  source: ByteSource,
  compression: Compression,
  encoding: string,
  dialect: Dialect,
  width: number,
): Promise<NumberedRow[] | null> {
  const { bytes, start } = compression
    ? await unpackedEnd(source, compression, endBytes)
    : { bytes: await source.read(source.size - endBytes, source.size), start: source.size - endBytes };
  const decoder = decoding(encoding);
  // The first line is the rest of one, and so may its first character be.
  const odd = encoding.startsWith('utf-16') ? start % 2 : 0;
  const text = decoder.write(bytes.subarray(odd)) + decoder.end();
  const first = dialect.records ? text.indexOf(dialect.records) : text.search(/[\r\n]/);
  if (first < 0) return null;
  const next = dialect.records ? first + dialect.records.length : first;
  const rest = text.slice(next + lineEnd(text, next, true));
  const { rows, ordinals, openQuote, brokenRecords } = parsePiece(rest, dialect, true, 1);
  const fitting = rows.filter((cells) => cells.length === width).length;
  // Within a cell in quotes a line is no row: then hardly any row is as wide as the table.
  if (openQuote !== null || fitting < rows.length * fittingShare) return null;
  const cut = new Set(brokenRecords?.map(({ at }) => at));
  return rows
    .map((cells, i) => ({
      row: unknownRow + (ordinals?.[i] ?? i),
      cells,
      ...(cut.has(i) ? { faulty: true } : {}),
    }))
    .slice(-lastRows);
}
