import { KiB, MiB } from '@/lib/shared/bytes';
import type { Dialect } from '@/lib/shared/csv/dialect';
import { encodingReadings } from '@/lib/shared/csv/encoding/readings';
import { type EncodingGuess, encodingWarnings } from '@/lib/shared/csv/encoding/warnings';
import { dialectWarnings } from '@/lib/shared/csv/fixed-width';
import { dataRows, emptyTableWarnings, findLeftOut, lastRows, leftOutCells } from '@/lib/shared/csv/left-out';
import { readTable, topOf } from '@/lib/shared/csv/read-table';
import type { NumberedRow } from '@/lib/shared/csv/sniff/header';
import { isLine } from '@/lib/shared/csv/sniff/header-votes';
import { sniffDialect } from '@/lib/shared/csv/sniff/sniff';
import type { EncodingReading } from '@/lib/shared/schema/file/inspection';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { unpackedHead } from '../packed/unpack';
import {
  type ByteSource,
  type Compression,
  type CsvLayout,
  type Inspection,
  type LayoutChoices,
  limits,
  type Newline,
  unpackedAtOnce,
} from '../source/types';
import { decoding } from './decode/decoding';
import { detectEncoding } from './decode/detect-encoding';
import { parsePiece } from './parse-piece';
import { problemsOf } from './problems';
import { readTextEnd } from './read-end';
import { placeWarnings, tableWarnings } from './warnings';

/** What is read of the start of a file: enough for the sample of rows, little enough to be instant. */
const headBytes = MiB;
/** The encoding may show itself only further on: so much is read in so many places. */
const spotBytes = 32 * KiB;
const spots = 6;
/** Rows above the table that a sample has room for. */
const sampleAbove = 100;
/** Parsed at a time. */
const stepCharacters = 128 * KiB;

/**
 * Finds out how a delimited text file is laid out.
 *
 * @param toTheEnd unpack a packed file to its end, however large it is
 * @throws ImportFailure NO_ROWS, TOO_MANY_COLUMNS, RECORD_TOO_LARGE, UNCLOSED_QUOTE, or
 *   what unpacking and decoding throw
 */
export async function inspectCsv(
  source: ByteSource,
  compression: Compression,
  choices: LayoutChoices = {},
  toTheEnd = false,
): Promise<Inspection> {
  const { head, whole } = await readHead(source, compression);
  const samples = compression === null ? [head, ...(await readSpots(source))] : [head];
  const { guess, encodings } = guessEncoding(samples, choices.encoding);
  const text = decodeHead(head, guess.encoding, whole);
  if (text.trim() === '') throw new ImportFailure('NO_ROWS', 'The file holds no rows, only blank lines.');
  const dialect = sniffDialect(text, whole, choices);
  const { rows, last, openQuote } = firstRows(text, dialect, whole);
  if (rows.length === 0) throw noRows(text, openQuote);

  const { above, headerRows, body, widths, columns, headerSure, widthWarnings, warnings } = readTable(
    rows,
    choices.headerRow,
    choices.headerRows,
  );
  if (body.length === 0 && openQuote !== null) throw noRows(text, openQuote);
  assertWidth(columns.length);
  const isWhole = whole && last.every((row) => row.row <= (rows.at(-1)?.row ?? 0));
  const endUnknown = !whole && !toTheEnd && compression !== null && source.size > unpackedAtOnce;
  const end = whole
    ? last
    : endUnknown
      ? null
      : await readTextEnd(source, compression, guess.encoding, dialect, columns.length);
  const headers = headerRows.map(({ cells }) => cells);
  const leftOut = findLeftOut(headers, body, end, isWhole, choices.leftOut);
  const layout: CsvLayout = {
    format: 'csv',
    compression,
    encoding: guess.encoding,
    ...dialect,
    newline: newlineOf(text),
    widths,
    leftOut: leftOutCells(leftOut),
    ...(endUnknown ? { endUnknown } : {}),
    headerRow: headerRows[0]?.row ?? null,
    firstRow: body[0]?.row ?? (headerRows.at(-1)?.row ?? 0) + 1,
  };
  return {
    layout,
    columns,
    sample: dataRows(body, leftOut, widths).slice(0, limits.sampleSize),
    top: topOf(rows, layout.headerRow),
    headerSure,
    leftOut,
    encodings,
    warnings: [
      ...(encodings.length > 0 ? [] : encodingWarnings(guess)),
      ...dialectWarnings(
        dialect,
        rows.some(({ cells }) => isLine(cells)),
      ),
      ...placeWarnings(above, headerRows),
      ...(whole ? emptyTableWarnings(headerRows, body) : []),
      ...widthWarnings,
      ...tableWarnings([...headerRows, ...body]),
      ...warnings,
    ],
  };
}

/** The encoding, and how a short text reads in others as well. What was chosen among them can be chosen anew. */
function guessEncoding(
  samples: Uint8Array[],
  chosen: string | undefined,
): { guess: EncodingGuess; encodings: EncodingReading[] } {
  const isOpen = chosen === undefined || !unmistakable.test(chosen);
  const found = isOpen ? detectEncoding(samples) : null;
  const encodings =
    found?.guessed && !unmistakable.test(found.encoding)
      ? encodingReadings(Buffer.concat(samples), found.encoding)
      : [];
  if (chosen === undefined && found) return { guess: found, encodings };
  const isAmong = encodings.some(({ encoding }) => encoding === chosen);
  return { guess: { encoding: chosen ?? 'utf-8', guessed: false }, encodings: isAmong ? encodings : [] };
}

/** Encodings that no other is taken for. */
const unmistakable = /^(utf-|iso-2022-)/i;

/**
 * The first rows of a head. All of it is parsed, since what a preview shows has to be presentable, but step by step:
 * a head of nothing but line ends is a million records, and took 60 MB at once.
 */
function firstRows(
  text: string,
  dialect: Dialect,
  whole: boolean,
): { rows: NumberedRow[]; last: NumberedRow[]; openQuote: number | null } {
  const rows: NumberedRow[] = [];
  let last: NumberedRow[] = [];
  let [at, record, line] = [0, 1, 1];
  for (let step = stepCharacters; ; ) {
    const end = Math.min(text.length, at + step);
    const piece = parsePiece(text.slice(at, end), dialect, whole && end === text.length, line);
    if (piece.end === 0 && end < text.length) {
      // A record longer than the step.
      step *= 2;
      continue;
    }
    const faulty = new Set(problemsOf(piece, record, line).map(({ row }) => row));
    const numbered = (cells: string[], i: number): NumberedRow => {
      const row = record + (piece.ordinals?.[i] ?? i);
      return faulty.has(row) ? { row, cells, faulty: true } : { row, cells };
    };
    const room = limits.sampleSize + sampleAbove - rows.length;
    const kept = piece.rows.slice(0, room).map(numbered);
    rows.push(...kept);
    // Those that are kept are the same objects at the end as at the start.
    const first = Math.max(kept.length, piece.rows.length - lastRows);
    const others = piece.rows.slice(first).map((cells, i) => numbered(cells, first + i));
    last = [...last, ...kept, ...others].slice(-lastRows);
    if (end === text.length) {
      return { rows, last, openQuote: piece.openQuote === null ? null : piece.openQuote + line - 1 };
    }
    at += piece.end;
    record += piece.records;
    line += piece.lines;
    step = stepCharacters;
  }
}

async function readHead(source: ByteSource, compression: Compression) {
  if (compression === null) {
    const head = Buffer.from(await source.read(0, Math.min(headBytes, source.size)));
    return { head, whole: head.length >= source.size };
  }
  return unpackedHead(source, compression, headBytes);
}

async function readSpots(source: ByteSource): Promise<Uint8Array[]> {
  if (source.size <= headBytes) return [];
  const step = (source.size - headBytes) / spots;
  const starts = Array.from({ length: spots }, (_, i) => Math.floor(headBytes + (i + 1) * step) - spotBytes);
  return Promise.all(starts.map((start) => source.read(Math.max(headBytes, start), start + spotBytes)));
}

function decodeHead(head: Buffer, encoding: string, whole: boolean): string {
  const decoder = decoding(encoding);
  const text = decoder.write(head) + (whole ? decoder.end() : '');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function newlineOf(text: string): Newline {
  const found = new Set(text.match(/\r\r\n|\r\n|\r|\n/g));
  const [only] = found;
  if (found.size === 0) return '\n';
  return found.size === 1 && (only === '\n' || only === '\r\n' || only === '\r') ? only : 'mixed';
}

function noRows(text: string, openQuote: number | null): ImportFailure {
  if (openQuote !== null) {
    return new ImportFailure(
      'UNCLOSED_QUOTE',
      `The quote that opens on line ${openQuote + 1} is never closed.`,
    );
  }
  if (text.length > limits.recordCharacters / 2) {
    return new ImportFailure('RECORD_TOO_LARGE', 'The first line is longer than a million characters.');
  }
  return new ImportFailure('NO_ROWS', 'The file holds no rows, only blank lines and comments.');
}

function assertWidth(width: number): void {
  if (width <= limits.columns) return;
  const [limit, count] = [limits.columns, width].map((n) => n.toLocaleString('en'));
  throw new ImportFailure(
    'TOO_MANY_COLUMNS',
    `The file has ${count} columns; at most ${limit} are possible.`,
  );
}
