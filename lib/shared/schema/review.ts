import { z } from '../zod';
import { columnFormat, dateOrders } from './column-rules';
import { ownColumns } from './own-columns';

/** What a person can change about an import that waits in REVIEW. Safe in a browser. */

const column = z.string().min(1).max(200).describe('The column’s name in the dataset.');
const value = z.string().min(1).max(200);

/** One change that can turn rejected rows into valid ones. */
export const fixInput = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('DATE_ORDER'), column, dateOrder: z.enum(dateOrders) }),
    z.object({ kind: z.literal('DECIMAL_SIGN'), column, decimalSign: z.enum(['.', ',']) }),
    z.object({
      kind: z.literal('FORMAT'),
      column,
      format: columnFormat.pick({ trim: true, grouping: true, currency: true, percent: true }),
    }),
    z.object({
      kind: z.literal('EMPTY'),
      column,
      words: z.array(z.string().trim().min(1).max(50)).min(1).max(20),
    }),
    z.object({ kind: z.literal('READ_AS'), column, from: value, to: z.string().max(200) }),
    z.object({ kind: z.literal('ALLOW'), column, values: z.array(value).min(1).max(50) }),
    z.object({ kind: z.literal('DEFAULT'), column, value }),
    z.object({ kind: z.literal('OPTIONAL'), column }),
    z.object({ kind: z.literal('TEXT'), column }),
    z.object({ kind: z.literal('PAD_SHORT_ROWS') }),
  ])
  .meta({ id: 'Fix', description: 'A change to how the file is read or to what a column takes.' });
export type Fix = z.infer<typeof fixInput>;

/** `POST /api/imports/:id/fixes` */
export const fixesInput = z.object({
  fixes: z.array(fixInput).max(50).describe('None: only look at the rejected rows again.'),
});

/** What was changed in the review of an import, for its receipt. */
export const amendmentShape = z
  .object({
    at: z.iso.datetime(),
    by: z.string().describe('Name of the person.'),
    what: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('FIX'),
        fix: fixInput,
        undone: z
          .object({ at: z.iso.datetime(), by: z.string() })
          .optional()
          .describe('Set: it was undone, and holds no more.'),
      }),
      z.object({
        kind: z.literal('FILE'),
        name: z.string(),
        sha256: z.string(),
        rows: z.int().describe('Rows of the import that it brought again.'),
        accepted: z.int().describe('Those of them that are valid now.'),
        left: z
          .object({ rows: z.int(), first: z.array(z.int()).describe('The numbers of the first of them.') })
          .optional()
          .describe('Those of them that were valid before the file came, and were left as they are.'),
      }),
      z.object({
        kind: z.literal('EDITS'),
        rows: z.int().describe('Rejected rows that were corrected cell by cell.'),
      }),
    ]),
  })
  .meta({ id: 'Amendment', description: 'Something that was changed in the review of an import.' });
export type Amendment = z.infer<typeof amendmentShape>;

export const causeShape = z
  .object({
    column: z.string().nullable().describe('null: the whole row.'),
    code: z.string(),
    reason: z.string().describe('Of the first of them.'),
    rows: z.int().describe('How many rows, in the whole file.'),
    examples: z.array(z.object({ row: z.int(), value: z.string() })),
    fixes: z.array(
      z.object({
        fix: fixInput,
        rows: z
          .int()
          .describe('How many of the rows that were looked at it would make valid in this column.'),
        rereads: z.boolean().describe('True: rows that are valid may change, so the file is read again.'),
      }),
    ),
  })
  .meta({ id: 'Cause', description: 'Rows that were rejected for the same thing in the same column.' });
export type Cause = z.infer<typeof causeShape>;

export const causesShape = z.object({
  causes: z.array(causeShape).describe('The most frequent first.'),
  looked: z
    .int()
    .describe('The rejected rows that fixes were tried on: the first of the file, 10,000 at most.'),
});
export type CausesView = z.infer<typeof causesShape>;

/** `PUT /api/imports/:id/edits` */
export const editsInput = z.object({
  edits: z
    .array(
      z.object({
        row: z.int().min(1),
        column: column.describe(
          `The column’s name in the dataset. “${ownColumns.rest}”: what the row has beyond the last one. An empty value removes it, any other brings it back.`,
        ),
        value: z.string().max(10_000),
      }),
    )
    .min(1)
    .max(5_000),
});
export type CellEdit = z.infer<typeof editsInput>['edits'][number];

/** `POST /api/imports/:id/replacements` */
export const replacementInput = z.object({
  column,
  find: z.string().min(1).max(1_000),
  replace: z.string().max(1_000),
  whole: z.boolean().default(false).describe('True: only cells that are just this.'),
});
export type ReplacementInput = z.input<typeof replacementInput>;

export const editableRowShape = z
  .object({
    row: z.int(),
    cells: z
      .array(z.string().nullable())
      .describe('Of the columns, in their order; null: too long to be edited here.'),
    more: z
      .array(z.string())
      .describe('What it has beyond the last column: the first 20 cells, 200 characters of each.'),
    valid: z.boolean().describe('True: it is corrected, and goes in with the others.'),
    faults: z.array(z.object({ column: z.string().nullable(), reason: z.string() })),
  })
  .meta({ id: 'EditableRow', description: 'A row that was rejected, as it is now.' });
export type EditableRow = z.infer<typeof editableRowShape>;

export const editablePageShape = z.object({
  columns: z.array(z.string()),
  rows: z.array(editableRowShape),
  total: z.int().describe('How many rows can be edited, on all pages.'),
});
export type EditablePage = z.infer<typeof editablePageShape>;

export const editedShape = z.object({
  rows: z.array(editableRowShape).describe('The rows that were edited, as they are now: 500 at most.'),
  undo: z
    .array(z.object({ row: z.int(), column: z.string(), value: z.string() }))
    .describe('The edits that take this back.'),
  changed: z.int().describe('How many rows were edited.'),
});
export type Edited = z.infer<typeof editedShape>;
