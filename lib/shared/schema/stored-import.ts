import { z } from 'zod';
import { foreignFormats } from '../formats/foreign';
import { columnFormat, dateOrders } from './column-rules';
import {
  columnTypes,
  encodingReading,
  leftOutRows,
  mappedColumnInput,
  sheetExtent,
  suggestedReading,
} from './imports';
import { attemptShape } from './receipt';

/** The shapes of the JSON columns of an import, parsed whenever they are read back. */

const csvLayout = z.object({
  format: z.literal('csv'),
  compression: z.enum(['gzip', 'zip']).nullable(),
  encoding: z.string(),
  delimiter: z.string(),
  quote: z.enum(['"', "'"]).nullable(),
  escape: z.enum(['"', "'", '\\']).nullable(),
  comment: z.string().nullable(),
  newline: z.enum(['\n', '\r\n', '\r', 'mixed']),
  collapse: z.boolean(),
  starts: z.array(z.int()).optional(),
  ends: z.array(z.int()).optional(),
  framed: z.enum(['plain', 'padded']).optional(),
  records: z.literal('\u001e').optional(),
  /** Imports that were inspected by an earlier version have none. */
  widths: z.object({ fewest: z.number(), most: z.number() }).optional(),
  leftOut: z.array(z.array(z.string())).optional(),
  endUnknown: z.boolean().optional(),
  headerRow: z.number().nullable(),
  firstRow: z.number(),
});

const xlsxLayout = z.object({
  format: z.literal('xlsx'),
  compression: z.enum(['gzip', 'zip']).nullable().optional(),
  convertedFrom: z.enum(foreignFormats).nullable().optional(),
  sheet: z.string(),
  sheets: z.array(
    z.object({
      name: z.string(),
      part: z.string(),
      state: z.enum(['visible', 'hidden', 'veryHidden']),
      hasRows: z.boolean(),
      extent: sheetExtent.nullable().optional(),
    }),
  ),
  date1904: z.boolean(),
  leftOut: z.array(z.array(z.string())).optional(),
  endUnknown: z.boolean().optional(),
  headerRow: z.number().nullable(),
  firstRow: z.number(),
});

/** Loose, so that a reader may note more about a layout than is checked here. */
export const storedLayout = z.discriminatedUnion('format', [csvLayout.loose(), xlsxLayout.loose()]);
export type StoredLayout = z.infer<typeof storedLayout>;

const proposedColumn = z.object({
  index: z.number(),
  name: z.string(),
  type: z.enum(columnTypes),
  dateOrder: z.enum(dateOrders).nullable(),
  decimalSign: z.enum(['.', ',']).nullable(),
  format: columnFormat.nullable().default(null),
  evidence: z.string(),
  ambiguous: z.boolean(),
  misfits: z.number().default(0),
  suggestion: suggestedReading.nullable().default(null),
});

const numberedRows = z.array(z.object({ row: z.number(), cells: z.array(z.string()) }));

export const storedInspection = z.object({
  layout: storedLayout,
  /** Cells a full row has. */
  width: z.number(),
  columns: z.array(proposedColumn),
  sample: numberedRows,
  /** Imports that were inspected by an earlier version have neither. */
  top: numberedRows.default([]),
  headerSure: z.boolean().default(true),
  leftOut: z.array(leftOutRows).default([]),
  encodings: z.array(encodingReading).default([]),
  warnings: z.array(z.string()),
});
export type StoredInspection = z.infer<typeof storedInspection>;

/** A file column and the slot of the dataset that it fills. */
export const mappedColumn = mappedColumnInput.extend({ slot: z.number().int() });
export type MappedColumn = z.infer<typeof mappedColumn>;
export const storedMapping = z.array(mappedColumn);

export const storedOptions = z.object({ shortRows: z.enum(['reject', 'pad']).default('reject') });
export type ImportOptions = z.infer<typeof storedOptions>;

/** Where reading can go on (the reader's Position), and the figures up to there. */
export const storedCheckpoint = z.object({
  row: z.number(),
  offset: z.number().nullable(),
  base: z.number().optional(),
  line: z.number(),
  rowsRead: z.number(),
  rowsStored: z.number(),
  rowsRejected: z.number(),
  rowsLeftOut: z.number().default(0),
  bytesRead: z.number(),
});

/** What is kept of each attempt. */
export const storedAttempts = z.array(attemptShape);

/** Reasons of a rejection: the column's name (null: the whole row), the value, a sentence, a code to group by. */
export const storedReasons = z.array(
  z.object({ column: z.string().nullable(), value: z.string(), code: z.string(), reason: z.string() }),
);
export type RejectionReason = z.infer<typeof storedReasons>[number];
