import { foreignFormats } from '../../formats/foreign';
import { z } from '../../zod';
import { leftOutKinds } from './left-out-kinds';

/** `PUT /imports/:id/layout`: read the head this way, again or once the file is up */
export const layoutChoicesInput = z.object({
  encoding: z.string().max(40).optional(),
  delimiter: z
    .string()
    .min(1)
    .max(5)
    .optional()
    .describe(
      'At most four characters; or “fixed”: columns begin at fixed places, with blanks between them.',
    ),
  quote: z.enum(['"', "'"]).nullable().optional(),
  sheet: z.string().max(200).optional(),
  headerRow: z.number().int().min(1).max(10_000).nullable().optional(),
  headerRows: z
    .number()
    .int()
    .min(1)
    .max(10)
    .optional()
    .describe('With `headerRow`: how many rows from there on name the columns together; without it, one.'),
  leftOut: z
    .partialRecord(z.enum(leftOutKinds), z.boolean())
    .optional()
    .describe('Rows that look like no data, by kind: true leaves them out, false imports them.'),
});
export type LayoutChoicesInput = z.infer<typeof layoutChoicesInput>;

export const sheetExtent = z
  .object({
    rows: z.int().describe('Rows with a value.'),
    columns: z.int().describe('Columns with a value.'),
    isExact: z.boolean().describe('Otherwise the rows were estimated from the first ones.'),
  })
  .meta({ id: 'SheetExtent', description: 'How much a sheet holds.' });
export type SheetExtent = z.infer<typeof sheetExtent>;

export const sheetShape = z.object({
  name: z.string(),
  state: z.enum(['visible', 'hidden', 'veryHidden']),
  /** False when it has no cell with a value in its first rows. */
  hasRows: z.boolean(),
  extent: sheetExtent.nullable().describe('Null where it was not counted.'),
});

export const layoutShape = z
  .object({
    format: z.enum(['csv', 'xlsx']),
    encoding: z.string().nullable(),
    delimiter: z
      .string()
      .nullable()
      .describe('“fixed” where columns begin at fixed places, with blanks between them.'),
    quote: z.string().nullable(),
    sheet: z.string().nullable(),
    sheets: z.array(sheetShape),
    headerRow: z.int().nullable(),
    headerRows: z
      .array(z.int())
      .describe('The rows that name the columns: one as a rule, several where they do so together.'),
    rowsAbove: z
      .int()
      .describe(
        'Rows with something in them above the header or, without one, above the data: not imported.',
      ),
    convertedFrom: z
      .enum(foreignFormats)
      .nullable()
      .describe('The format of a spreadsheet that was converted, values only, before it was read.'),
  })
  .meta({ id: 'Layout', description: 'How the file is written; null where it does not apply.' });
export type LayoutView = z.infer<typeof layoutShape>;
