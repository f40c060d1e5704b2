import { z } from '../../zod';
import { fixInput } from './fix';

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
  examined: z
    .int()
    .describe('The rejected rows that fixes were tried on: the first of the file, 10,000 at most.'),
});
export type CausesView = z.infer<typeof causesShape>;
