import { KiB } from '@/lib/shared/bytes';
import type { Piece } from '@/lib/shared/csv/dialect';
import { tooLarge } from '@/lib/shared/csv/parse-exactly';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { type Batch, type ByteSource, type CsvLayout, limits, type Position } from '../source/types';
import { decoding } from './decode/decoding';
import { PapaChunks } from './papa-chunks';
import { parseChunk } from './parse-piece';
import { problemsOf } from './problems';
import { markSize, textStream } from './text-stream';

/** Characters of a batch: 500,000 rows took 0.55 s, with 64 Ki 0.69 s; 512 Ki was no faster and took 10 MB more. */
const usualBatch = 128 * KiB;

/**
 * Streams the rows of a delimited text file, by its layout, in bounded memory.
 *
 * Every record counts for row numbers: blank lines, comments, preamble and header too; only those from
 * `layout.firstRow` on that hold cells are given out. Rows are as wide as they are in the file.
 *
 * @param from continues after this position; without a byte offset the file is read again and skipped over
 * @param batchCharacters a batch is parsed once so much text has come
 * @throws ImportFailure RECORD_TOO_LARGE, UNCLOSED_QUOTE, TOO_MANY_COLUMNS, INFLATED_TOO_LARGE,
 *   INCOMPLETE_FILE, MALFORMED_FILE or UNKNOWN_ENCODING; errors of the source pass through
 */
export async function* readCsv(
  source: ByteSource,
  layout: CsvLayout,
  from: Position | null = null,
  batchCharacters = usualBatch,
): AsyncGenerator<Batch> {
  const { sizeOf } = decoding(layout.encoding);
  const seekable = layout.compression === null && sizeOf('') !== null;
  const resumeAt = seekable ? (from?.offset ?? null) : null;
  // Rows up to this one were given out, or cannot hold data.
  const skipTo = Math.max(from?.row ?? 0, layout.firstRow - 1);
  let offset = resumeAt ?? markSize(await source.read(0, Math.min(3, source.size)), layout.encoding);
  let row = resumeAt === null || from === null ? 0 : (from.base ?? from.row);
  let line = resumeAt === null || from === null ? 1 : from.line;
  let pending = '';
  let bytes = resumeAt ?? 0;

  const papa = new PapaChunks();
  try {
    for await (const chunk of textStream(source, layout, resumeAt ?? 0)) {
      pending += chunk.text;
      bytes = chunk.bytes;
      if (pending.length < batchCharacters) continue;
      const batch = await take(false);
      if (batch !== null) yield batch;
    }
    if (pending !== '') {
      const batch = await take(true);
      if (batch !== null) yield batch;
    }
  } finally {
    papa.end();
  }

  /** Moves on over the whole records of the pending text. */
  async function take(final: boolean): Promise<Batch | null> {
    const piece = await parseChunk(papa, pending, layout, final, line);
    if (piece.openQuote !== null && (final || pending.length - piece.end > limits.recordCharacters)) {
      throw unclosed(line + piece.openQuote);
    }
    if (pending.length - piece.end > limits.recordCharacters) throw tooLarge(line + piece.lines);
    if (piece.end === 0) return null;
    const text = pending.slice(0, piece.end);
    pending = pending.slice(piece.end);
    const problems = problemsOf(piece, row + 1, line).filter((problem) => problem.row > skipTo);
    const { rows, numbers } = numbered(piece, row + 1, skipTo);
    const tooWide = rows.findIndex((cells) => cells.length > limits.columns);
    if (tooWide >= 0) throw tooManyColumns(numbers[tooWide] ?? 0, rows[tooWide]?.length ?? 0);
    const start = { row, offset: seekable ? offset : null, line };
    row += piece.records;
    line += piece.lines;
    offset += (seekable ? sizeOf(text) : null) ?? 0;
    if (rows.length === 0) return null;
    const position = { row, offset: seekable ? offset : null, line };
    return { rows, numbers, problems, start, position, bytes };
  }
}

/** Numbers the rows of a piece, without those up to `skipTo`. */
function numbered(piece: Piece, firstRow: number, skipTo: number): { rows: string[][]; numbers: number[] } {
  const { rows, ordinals } = piece;
  const numbers = new Array<number>(rows.length);
  for (let i = 0; i < rows.length; i++) numbers[i] = firstRow + (ordinals === null ? i : (ordinals[i] ?? 0));
  if ((numbers[0] ?? 0) > skipTo) return { rows, numbers };
  const first = numbers.findIndex((number) => number > skipTo);
  return first < 0 ? { rows: [], numbers: [] } : { rows: rows.slice(first), numbers: numbers.slice(first) };
}

function unclosed(line: number): ImportFailure {
  return new ImportFailure('UNCLOSED_QUOTE', `The quote that opens on line ${line} is never closed.`);
}

function tooManyColumns(row: number, columns: number): ImportFailure {
  const [limit, count] = [limits.columns, columns].map((n) => n.toLocaleString('en'));
  return new ImportFailure(
    'TOO_MANY_COLUMNS',
    `Row ${row} has ${count} columns; at most ${limit} are possible.`,
  );
}
