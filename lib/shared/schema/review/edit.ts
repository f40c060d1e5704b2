import { largestInteger } from '@/lib/shared/largest-integer';
import { z } from '../../zod';
import { ownColumns } from '../file/own-columns';
import { column } from './fix';

/** `POST /imports/:id/edits` */
export const editsInput = z.object({
  edits: z
    .array(
      z.object({
        row: z.int().min(1).max(largestInteger),
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

/** `POST /imports/:id/replacement` */
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
      .describe(
        'Of the columns, in their order; null: too long to be edited here, or made of other columns that are.',
      ),
    more: z
      .array(z.string())
      .describe('What it has beyond the last column: the first 20 cells, 200 characters of each.'),
    valid: z.boolean().describe('True: it is corrected, and goes in with the others.'),
    faults: z.array(z.object({ column: z.string().nullable(), reason: z.string() })),
  })
  .meta({ id: 'EditableRow', description: 'A row that was rejected, as it is now.' });
export type EditableRow = z.infer<typeof editableRowShape>;

export const editablePageShape = z.object({
  columns: z
    .array(z.string())
    .describe(
      'Those of the dataset; and of the file those that they are made of, where that is not the same.',
    ),
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
