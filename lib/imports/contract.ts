import { z } from 'zod';
import type { RightName } from '../accounts/words';

/**
 * What goes over the wire between pages, command line and server: the schemas that requests are parsed by,
 * and the shapes of answers. Safe in a browser.
 */

// Otherwise zod tries whether it may compile code, which the pages' policy forbids and the browser reports.
z.config({ jitless: true });

export const columnTypes = ['TEXT', 'INTEGER', 'DECIMAL', 'BOOLEAN', 'DATE', 'DATETIME', 'TIME'] as const;
export type ColumnType = (typeof columnTypes)[number];

export const dateOrders = ['YMD', 'DMY', 'MDY'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** `POST /api/imports` */
export const createImportInput = z.object({
  fileName: z.string().min(1).max(5_000),
  fileSize: z.number().int().nonnegative(),
});
export type CreateImportInput = z.infer<typeof createImportInput>;

/** `POST /api/imports/:id/upload/parts`: addresses for these parts */
export const signPartsInput = z.object({
  partNumbers: z.array(z.number().int().min(1).max(10_000)).min(1).max(100),
});

/** `PUT /api/imports/:id/upload/parts`: parts that went up, so that a reload can go on after them */
export const recordPartsInput = z.object({
  parts: z
    .array(z.object({ partNumber: z.number().int().min(1).max(10_000), etag: z.string().min(1).max(200) }))
    .min(1)
    .max(100),
});

/** `POST /api/imports/:id/upload/completion` */
export const completeUploadInput = z.object({
  parts: z
    .array(z.object({ partNumber: z.number().int().min(1).max(10_000), etag: z.string().min(1).max(200) }))
    .max(10_000)
    .optional(),
});

/** `PUT /api/imports/:id/layout`: read the head again, this way */
export const layoutChoicesInput = z.object({
  encoding: z.string().max(40).optional(),
  delimiter: z.string().min(1).max(4).optional(),
  quote: z.enum(['"', "'"]).nullable().optional(),
  sheet: z.string().max(200).optional(),
  headerRow: z.number().int().min(1).max(10_000).nullable().optional(),
});
export type LayoutChoicesInput = z.infer<typeof layoutChoicesInput>;

/** A column of the file and what becomes of it. Columns that are left out of the mapping are skipped. */
export const mappedColumnInput = z.object({
  /** Position in the file, 0-based. */
  index: z.number().int().min(0).max(1_599),
  name: z.string().trim().min(1).max(200),
  type: z.enum(columnTypes),
  /** How dates are written; null or absent: only ISO 8601 is taken. */
  dateOrder: z.enum(dateOrders).nullable().optional(),
  /** The decimal sign; the default is a point. */
  decimalSign: z.enum(['.', ',']).nullable().optional(),
});
export type MappedColumnInput = z.infer<typeof mappedColumnInput>;

/** `POST /api/imports/:id/start` */
export const startImportInput = z.object({
  dataset: z.union([z.object({ id: z.uuid() }), z.object({ name: z.string().trim().min(1).max(200) })]),
  columns: z.array(mappedColumnInput).min(1).max(1_600),
  /** Rows with too few cells: `reject` (the default) or fill up with empty cells. */
  shortRows: z.enum(['reject', 'pad']).default('reject'),
});
export type StartImportInput = z.input<typeof startImportInput>;

/** A proposal for one column of the file, with what speaks for it. */
export interface ProposedColumn {
  index: number;
  name: string;
  type: ColumnType;
  dateOrder: DateOrder | null;
  decimalSign: '.' | ',' | null;
  /** Why this type: a sentence. */
  evidence: string;
  /** True where two readings are equally likely and the person has to choose (03/04/2026). */
  ambiguous: boolean;
}

/** How the file is written, flattened for showing; null where it does not apply. */
export interface LayoutView {
  format: 'csv' | 'xlsx';
  encoding: string | null;
  delimiter: string | null;
  quote: string | null;
  sheet: string | null;
  sheets: { name: string; state: 'visible' | 'hidden' | 'veryHidden'; hasRows: boolean }[];
  headerRow: number | null;
}

export interface InspectionView {
  layout: LayoutView;
  columns: ProposedColumn[];
  /** First rows, as text cells. */
  sample: { row: number; cells: string[] }[];
  warnings: string[];
}

export interface RejectionView {
  /** Row number in the file. */
  row: number;
  /** The column's name, or null when the whole row is meant. */
  column: string | null;
  value: string;
  reason: string;
}

export interface RowCounts {
  read: number;
  inserted: number;
  updated: number;
  unchanged: number;
  skipped: number;
  rejected: number;
}

export type ImportStatusName =
  | 'UPLOADING'
  | 'INSPECTING'
  | 'MAPPING'
  | 'QUEUED'
  | 'STAGING'
  | 'REVIEW'
  | 'PUBLISHING'
  | 'COMPLETED'
  | 'UNDONE'
  | 'FAILED'
  | 'CANCELLED';

/** One import as lists and progress events show it. */
export interface ImportView {
  id: string;
  status: ImportStatusName;
  failure: { reason: string; message: string; nextStep: string } | null;
  file: { name: string; bytes: number; sha256: string | null };
  dataset: { id: string; slug: string; name: string } | null;
  user: { id: string; name: string };
  /** Rows so far; the account once COMPLETED. */
  rows: RowCounts;
  /** Bytes of the file that were read so far. */
  bytesRead: number;
  /** Rows a second and seconds left, while rows flow. */
  rowsPerSecond: number | null;
  secondsLeft: number | null;
  /** Seconds from the start of the job to its end (or to now). */
  seconds: number | null;
  attempts: number;
  peakRssMb: number | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Event id: grows with every change. A decimal number as text. */
  sequence: string;
}

/** One import with everything that its own page shows. */
export interface ImportDetails extends ImportView {
  inspection: InspectionView | null;
  mapping: MappedColumnInput[] | null;
  layout: LayoutView | null;
  /** The first rejections, at most 20. */
  rejections: RejectionView[];
}

/** Answer of `POST /api/imports`. */
export interface CreatedImport {
  import: ImportView;
  upload: { kind: 'single'; url: string } | { kind: 'multipart'; partSize: number; partCount: number };
}

export interface DatasetView {
  id: string;
  slug: string;
  name: string;
  columns: { id: string; name: string; type: ColumnType; slot: number }[];
  rows: number;
  imports: number;
  owner: { id: string; name: string };
  /** What the person who asks may do with it. */
  right: RightName;
  createdAt: string;
}

/** One page of a dataset's rows: cells in column order, null for an empty cell. */
export interface RowPage {
  rows: { importId: string; row: number; cells: (string | null)[] }[];
  /** Pass as `after` for the next page; null at the end. */
  next: string | null;
}
