import { z } from 'zod';
import { foreignFormats } from '../../formats/foreign';
import { inspectionShape } from '../file/inspection';
import { sheetExtent, sheetShape } from '../file/layout';
import { proposedColumnShape } from '../file/proposed-column';
import { mappedColumnInput } from './mapping';
import { placedTransform } from './transform';

/** The shapes of the JSON columns of an import, parsed whenever they are read back. */

const compression = z.enum(['gzip', 'zip']).nullable();

/** What every layout says. */
const commonLayout = {
  /** Rows that are no data: whatever row holds the same cells is left out. */
  leftOut: z.array(z.array(z.string())).optional(),
  /** The end was too far away to be looked at while a person waits: it is, before the first row is stored. */
  endUnknown: z.boolean().optional(),
  /** Row number of the header as a spreadsheet program would number it (first row of the file = 1); null: none. */
  headerRow: z.number().nullable(),
  /** Row number of the first row that may hold data. */
  firstRow: z.number(),
};

/** The part of a layout that tells how to cut text into cells. */
export const dialect = z.object({
  delimiter: z.string(),
  quote: z.enum(['"', "'"]).nullable(),
  /** Equal to `quote` where quotes are doubled, a backslash where they are escaped by one. */
  escape: z.enum(['"', "'", '\\']).nullable(),
  comment: z.string().nullable(),
  /** Runs of the delimiter count as one (fixed-width-like files separated by spaces). */
  collapse: z.boolean(),
  /** Places, in characters, at which columns of fixed width begin; `delimiter` is `fixed` then. */
  starts: z.array(z.int()).optional(),
  /** Places at which they end, where a line of dashes says so: one for each of `starts`. */
  ends: z.array(z.int()).optional(),
  /** Rows begin with a delimiter; `padded`: and lie in columns, as lists are printed, with blanks around their values. */
  framed: z.enum(['plain', 'padded']).optional(),
  /** Records end with this sign, and not with their line. */
  records: z.literal('\u001e').optional(),
});

/** How a delimited text file is written. */
const csvLayout = dialect.extend({
  format: z.literal('csv'),
  compression,
  /** WHATWG label, e.g. `utf-8`, `utf-16le`, `windows-1252`, `shift_jis`, `macintosh`. */
  encoding: z.string(),
  newline: z.enum(['\n', '\r\n', '\r', 'mixed']),
  /**
   * Cells that a row has at least and at most. Absent: as many as there are columns, or more empty ones. Imports that
   * were inspected by an earlier version have none.
   */
  widths: z.object({ fewest: z.number(), most: z.number() }).optional(),
  ...commonLayout,
});
export type CsvLayout = z.infer<typeof csvLayout>;

/** How a workbook is laid out, and which of its sheets is read. */
const xlsxLayout = z.object({
  format: z.literal('xlsx'),
  /** Absent in what was stored before packed workbooks were read. */
  compression: compression.optional(),
  /** The format that it had before it was converted; absent or null for a workbook of today. */
  convertedFrom: z.enum(foreignFormats).nullable().optional(),
  sheet: z.string(),
  sheets: z.array(
    sheetShape.extend({
      /** Path of its part inside the zip. */
      part: z.string(),
      /** Absent where it was not counted. */
      extent: sheetExtent.nullable().optional(),
    }),
  ),
  date1904: z.boolean(),
  ...commonLayout,
});
export type XlsxLayout = z.infer<typeof xlsxLayout>;

/** How a file is to be read. The reader finds it, it is stored with the import, and a part of it is shown. */
export const storedLayout = z.discriminatedUnion('format', [csvLayout, xlsxLayout]);
export type Layout = z.infer<typeof storedLayout>;

const proposedColumn = proposedColumnShape.extend({
  /** Imports that were inspected by an earlier version have none of these. */
  format: proposedColumnShape.shape.format.default(null),
  misfits: proposedColumnShape.shape.misfits.default(0),
  suggestion: proposedColumnShape.shape.suggestion.default(null),
});

export const storedInspection = inspectionShape.extend({
  layout: storedLayout,
  /** Number of cells of a complete row. */
  width: z.number(),
  columns: z.array(proposedColumn),
  /** Imports that were inspected by an earlier version have none of these. */
  top: inspectionShape.shape.top.default([]),
  headerSure: inspectionShape.shape.headerSure.default(true),
  leftOut: inspectionShape.shape.leftOut.default([]),
  encodings: inspectionShape.shape.encodings.default([]),
});
export type StoredInspection = z.infer<typeof storedInspection>;

/** A file column and the slot of the dataset that it fills. */
export const mappedColumn = mappedColumnInput.extend({
  slot: z.number().int(),
  transform: placedTransform.nullable().optional(),
});
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

/** Reasons of a rejection: the column's name (null: the whole row), the value, a sentence, a code to group by. */
export const storedReasons = z.array(
  z.object({
    column: z.string().nullable(),
    value: z.string(),
    code: z.string(),
    reason: z.string(),
    /** The cells as they are kept do not show what is wrong: checked again, they would pass. */
    unseen: z.boolean().optional(),
    /** Of an unseen one in a column that is made of several cells: the position in the file of the one that is meant. */
    place: z.int().optional(),
  }),
);
export type RejectionReason = z.infer<typeof storedReasons>[number];
