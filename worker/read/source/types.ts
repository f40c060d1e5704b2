import { MiB } from '@/lib/shared/bytes';
import { type Dialect, recordCharacters } from '@/lib/shared/csv/dialect';
import type { LeftOutChoices, LeftOutRows } from '@/lib/shared/csv/left-out';
import type { NumberedRow } from '@/lib/shared/csv/sniff/header';
import type { ForeignFormat } from '@/lib/shared/formats/foreign';
import { mostTableColumns } from '@/lib/shared/most-table-columns';
import type { EncodingReading } from '@/lib/shared/schema/imports';
import type { SheetExtent } from '@/lib/shared/schema/sheet-extent';

/**
 * What every reader takes and gives. A reader knows nothing of datasets, types or Postgres: it turns the
 * bytes of one stored file into batches of text cells with true row numbers.
 */

/** The bytes of one stored object. Implementations resume over outages by themselves. */
export interface ByteSource {
  /** Original file name, for messages and for guessing from its ending; never part of a path. */
  readonly name: string;
  /** Size in bytes. */
  readonly size: number;
  /** Bytes that it may unpack to, where that is limited. */
  readonly mostUnpacked?: number;
  /** Streams the bytes [start, end) in order. Leaving the loop early releases the connection. */
  stream(start?: number, end?: number): AsyncIterable<Uint8Array>;
  /** The bytes [start, end), all in memory: for directories and heads, not for tables. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** How a stored file is packed: by gzip, or as the only file in a zip archive. */
export type Compression = 'gzip' | 'zip' | null;

export type Newline = '\n' | '\r\n' | '\r' | 'mixed';

/** How a delimited text file is written. Plain JSON: it is stored with the import and shown to the person. */
export interface CsvLayout extends Dialect {
  format: 'csv';
  compression: Compression;
  /** WHATWG label, e.g. `utf-8`, `utf-16le`, `windows-1252`, `shift_jis`, `macintosh`. */
  encoding: string;
  newline: Newline;
  /** Cells that a row has at least and at most. Absent: as many as there are columns, or more empty ones. */
  widths?: { fewest: number; most: number };
  /** Rows that are no data: whatever row holds the same cells is left out. */
  leftOut?: string[][];
  /** The end was too far away to be looked at while a person waits: it is, before the first row is stored. */
  endUnknown?: boolean;
  /** Row number of the header as a spreadsheet program would number it (first row of the file = 1); null: none. */
  headerRow: number | null;
  /** Row number of the first row that may hold data. */
  firstRow: number;
}

export interface XlsxSheet {
  name: string;
  /** Path of its part inside the zip. */
  part: string;
  state: 'visible' | 'hidden' | 'veryHidden';
  /** False when it has no cell with a value in its first rows. */
  hasRows: boolean;
  /** Absent where it was not counted. */
  extent?: SheetExtent | null;
}

/** How a workbook is laid out, and which of its sheets is read. Plain JSON. */
export interface XlsxLayout {
  format: 'xlsx';
  /** Absent in what was stored before packed workbooks were read. */
  compression?: Compression;
  /** The format that it had before it was converted; absent or null for a workbook of today. */
  convertedFrom?: ForeignFormat | null;
  sheet: string;
  sheets: XlsxSheet[];
  date1904: boolean;
  /** As in a delimited text. */
  leftOut?: string[][];
  endUnknown?: boolean;
  headerRow: number | null;
  firstRow: number;
}

export type Layout = CsvLayout | XlsxLayout;

/** What a person may overrule before reading; anything absent is detected. */
export interface LayoutChoices {
  encoding?: string;
  delimiter?: string;
  quote?: '"' | "'" | null;
  sheet?: string;
  /** Row number of the header; null: the file has none. */
  headerRow?: number | null;
  /** How many rows from there on name the columns, if the header was said. */
  headerRows?: number;
  /** Of rows that look like no data: true to leave them out, false to import them. */
  leftOut?: LeftOutChoices;
}

/** A reader's finding about the head of a file. */
export interface Inspection {
  layout: Layout;
  /** Unique, never blank: duplicates are numbered (`name`, `name_2`), blanks named by position (`column_3`). */
  columns: string[];
  /** The first data rows after the header, as text cells (at most `sampleSize` of them), blank ones left out. */
  sample: NumberedRow[];
  /** The first rows of all, header and what stands above it among them, for a person to choose the header from. */
  top: { row: number; cells: string[] }[];
  /** Nobody need be asked which row is the header. */
  headerSure: boolean;
  /** How the text reads in two or three encodings, where a person had better say which it is. */
  encodings?: EncodingReading[];
  /** Rows that look like no data, and what becomes of them. */
  leftOut: LeftOutRows[];
  /** Things the person should know or may want to correct; plain sentences. */
  warnings: string[];
}

/** Whether reading jumps about in the stored file, so that its bytes have to be digested in a pass of their own. */
export const isReadOutOfOrder = ({ format, compression }: Pick<Layout, 'format' | 'compression'>): boolean =>
  format === 'xlsx' || compression === 'zip';

/** Something wrong with one row that the reader saw. A row with a problem that concerns it is not stored. */
export interface Problem {
  /** Row number in the file, as a spreadsheet program shows it. */
  row: number;
  /** Position of the cell (0-based), or null when the whole row is concerned. */
  column: number | null;
  /** The raw text, at most 200 characters of it. */
  value: string;
  /** One of a closed list, for grouping. */
  code:
    | 'invalid-encoding'
    | 'nul-byte'
    | 'bad-quotes'
    | 'across-columns'
    | 'formula-error'
    | 'cell-too-large'
    | 'cell-twice';
  /** A sentence for a business user that names the place (line or cell). */
  reason: string;
}

/** Where reading can go on in another process: everything up to `row` has been given out. Plain JSON. */
export interface Position {
  /** Row number of the last row given out. */
  row: number;
  /** Byte offset of the next record in the stored file; null where only re-reading from the start works. */
  offset: number | null;
  /** The row that ends at `offset`, where that is not `row`: those in between are read again and left out. */
  base?: number;
  /** Line number of the next record (delimited text), 1-based. */
  line: number;
}

/** Rows in file order. `rows[i]` is row `numbers[i]` of the file. Rows with a problem are among them. */
export interface Batch {
  rows: string[][];
  numbers: number[];
  problems: Problem[];
  /** Where it began. */
  start: Position;
  /** Valid once this whole batch was written. */
  position: Position;
  /** Bytes of the stored file consumed so far: progress. */
  bytes: number;
}

/** Stored bytes of what is unpacked to its end while a person waits: 2 s where they hold 800 MB. */
export const unpackedAtOnce = 64 * MiB;

export const limits = {
  /** Of one delimited record. */
  recordCharacters,
  /** Characters in one cell of a workbook or text file; beyond it the row is rejected. */
  cellCharacters: MiB,
  /** PostgreSQL's own limit on columns of a table, and so of our views. */
  columns: mostTableColumns,
  /** Rows shown before the import starts, and looked at to propose types. */
  sampleSize: 1_000,
} as const;
