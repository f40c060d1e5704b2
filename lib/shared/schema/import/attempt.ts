import { z } from '../../zod';

/** One attempt at an import: how it began. */
export const attemptShape = z
  .object({
    number: z.int(),
    at: z.iso.datetime().describe('When it began.'),
    version: z.string().describe('Version of Sluice.'),
    afterRow: z
      .int()
      .nullable()
      .describe('The row of the file after which it went on; null: it began at the first.'),
    rows: z.int().describe('Rows that earlier attempts had read for good. None of them is read again.'),
    afterReview: z
      .boolean()
      .default(false)
      .describe(
        'Whether somebody had it go on from a review; otherwise the attempt before it was interrupted.',
      ),
  })
  .meta({ id: 'Attempt' });
export type AttemptNote = z.infer<typeof attemptShape>;
