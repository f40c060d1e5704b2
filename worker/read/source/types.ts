import { MiB } from '@/lib/shared/bytes';
import { recordCharacters } from '@/lib/shared/csv/dialect';
import type { LeftOutRows } from '@/lib/shared/csv/left-out';
import type { NumberedRow } from '@/lib/shared/csv/sniff/header';
import { mostTableColumns } from '@/lib/shared/most-table-columns';
import type { LayoutChoicesInput } from '@/lib/shared/schema/file/layout';
import type {
  CsvLayout,
  Layout,
  StoredInspection,
  XlsxLayout,
} from '@/lib/shared/schema/import/stored-import';

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

export type { CsvLayout, Layout, XlsxLayout };
/** What a person may overrule before reading; anything absent is detected. */
export type LayoutChoices = LayoutChoicesInput;

/** How a stored file is packed: by gzip, or as the only file in a zip archive. */
export type Compression = CsvLayout['compression'];

export type Newline = CsvLayout['newline'];

export type XlsxSheet = XlsxLayout['sheets'][number];

/** A reader's finding about the head of a file. */
export interface Inspection
  extends Pick<StoredInspection, 'layout' | 'top' | 'headerSure' | 'warnings'>,
    Partial<Pick<StoredInspection, 'encodings'>> {
  /** Unique, never blank: duplicates are numbered (`name`, `name_2`), blanks named by position (`column_3`). */
  columns: string[];
  /** The first data rows after the header, as text cells (at most `sampleSize` of them), blank ones left out. */
  sample: NumberedRow[];
  /** Rows that look like no data, and what becomes of them. */
  leftOut: LeftOutRows[];
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
