import { z } from '../../zod';

/** One page of a dataset's rows. */
export const rowPageShape = z
  .object({
    rows: z.array(
      z.object({
        importId: z.uuid(),
        row: z.int(),
        cells: z.array(z.string().nullable()).describe('In column order, null for an empty cell.'),
      }),
    ),
    next: z.string().nullable().describe('Pass as `after` for the next page; null at the end.'),
    indexing: z
      .array(z.object({ column: z.string(), percent: z.int().min(0).max(100) }))
      .optional()
      .describe('Columns of the query whose index is being made: until then it takes longer.'),
  })
  .meta({ id: 'RowPage' });
export type RowPage = z.infer<typeof rowPageShape>;

/** Answer of `GET /datasets/:slug/rows/:importId/:row`. */
export const rowHistoryShape = z
  .object({
    columns: z.array(z.string()).describe('What the cells stand for.'),
    versions: z
      .array(
        z.object({
          importId: z.uuid(),
          fileName: z
            .string()
            .nullable()
            .describe('The name of its file; null for an import of another that one may not see.'),
          row: z.int().describe('Row number in that file.'),
          by: z.string().describe('Name of the person.'),
          at: z.iso.datetime().describe('When it was published.'),
          cells: z.array(z.string().nullable()),
          state: z
            .enum(['SHOWN', 'OVERWRITTEN', 'UNDONE', 'REPLACED'])
            .describe(
              'SHOWN: what readers see. Otherwise a later import wrote over it, its own was undone, or a later one replaced the dataset.',
            ),
        }),
      )
      .describe('In the order in which they were published.'),
  })
  .meta({ id: 'RowHistory', description: 'Every version of one row of a dataset.' });
export type RowHistory = z.infer<typeof rowHistoryShape>;
