import { z } from '../../zod';

/**
 * What may be asked of a dataset's rows. Values are canonical text: `2026-03-14`, `1234.5`, `true`.
 */

/** PostgreSQL takes neither NUL nor half of a surrogate pair. */
const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), 'It has a character that no text has.');

const column = text(200).describe('Name of a column of the dataset.');
const value = text(1_000);

export const rowFilter = z.discriminatedUnion('op', [
  z.object({ column, op: z.literal('equals'), value }),
  z.object({ column, op: z.literal('in'), values: z.array(value).min(1).max(100) }),
  z
    .object({ column, op: z.literal('range'), from: value.optional(), to: value.optional() })
    .describe('Numbers, days, moments and times; both ends included, one of them may be left out.'),
  z.object({ column, op: z.literal('startsWith'), value }).describe('Texts, whatever the case.'),
  z.object({ column, op: z.literal('contains'), value }).describe('Texts, whatever the case.'),
  z.object({ column, op: z.literal('empty'), empty: z.boolean().default(true) }),
]);
export type RowFilter = z.output<typeof rowFilter>;

/** JSON in a query string. */
const filters = z
  .string()
  .max(20_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'It is not JSON.' });
      return z.NEVER;
    }
  })
  .pipe(z.array(rowFilter).max(20));

/** The part of a query string that says which rows are wanted, and in which order. */
export const rowQuery = z.object({
  sort: text(200)
    .optional()
    .describe(
      'Name of the column to sort by; empty cells come last. Without it rows come by the first column that is filtered by anything but `contains`, and otherwise as they were imported.',
    ),
  order: z.enum(['asc', 'desc']).default('asc'),
  filter: filters
    .optional()
    .describe(
      'JSON: an array of conditions that all have to hold, such as `[{"column":"Amount","op":"range","from":"100"}]`. `op` is `equals`, `in`, `range`, `startsWith`, `contains` or `empty`.',
    ),
  search: text(200)
    .optional()
    .describe('Rows in which a column of texts or JSON has this, whatever the case.'),
});
export type RowQuery = z.output<typeof rowQuery>;
