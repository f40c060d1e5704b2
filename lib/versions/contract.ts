import { z } from 'zod';

/** What becomes of a row of a file. The first two kinds are both “inserted”, the three in the middle all “skipped”. */
export const effectKinds = [
  'INSERTED',
  'RETURNED',
  'UPDATED',
  'UNCHANGED',
  'DUPLICATE',
  'EXISTING',
  'MISSING',
  'REJECTED',
] as const;

/** Entries of an account whose rows can be listed with what they met; rejections have a list of their own. */
export const outcomeNames = ['inserted', 'updated', 'unchanged', 'skipped'] as const;
export type Outcome = (typeof outcomeNames)[number];

export const outcomePageShape = z
  .object({
    columns: z.array(z.string()).describe('What the cells stand for.'),
    rows: z.array(
      z.object({
        row: z.int().describe('Row number in the file.'),
        kind: z.enum(effectKinds).describe('What became of it; for a skipped row, why.'),
        cells: z.array(z.string().nullable()),
        before: z
          .array(z.string().nullable())
          .nullable()
          .describe('The row of the dataset that it met, as it was then: what it updated, or left as it is.'),
        met: z
          .object({ importId: z.uuid(), fileName: z.string().nullable(), row: z.int() })
          .nullable()
          .describe(
            'Where that row came from, by the name of its file if one may see that import; for a duplicate, the other row of this file.',
          ),
      }),
    ),
    next: z.int().nullable().describe('Pass as `after` for the next page; null at the end.'),
  })
  .meta({
    id: 'OutcomePage',
    description: 'Rows of an import that met the same fate, in the order of the file.',
  });
export type OutcomePage = z.infer<typeof outcomePageShape>;
