import { z } from '../../zod';

/** What becomes of a row of a file. The first two kinds are both “inserted”, the three in the middle all “skipped”. */
export const rowChangeKinds = [
  'INSERTED',
  'RESTORED',
  'UPDATED',
  'UNCHANGED',
  'DUPLICATE',
  'EXISTING',
  'MISSING',
  'REJECTED',
] as const;

/** Entries of an account whose rows can be listed with the rows that they matched; rejections have a list of their own. */
export const outcomeNames = ['inserted', 'updated', 'unchanged', 'skipped'] as const;
export type Outcome = (typeof outcomeNames)[number];

/** What an import that replaces a dataset with a key does (or did) to the rows that are there, and which it adds. */
export const replacedNames = ['removed', 'changed', 'kept', 'added'] as const;
export type Replaced = (typeof replacedNames)[number];

export const outcomePageShape = z
  .object({
    columns: z.array(z.string()).describe('What the cells stand for.'),
    rows: z.array(
      z.object({
        row: z.int().describe('Row number in the file.'),
        kind: z
          .enum([...rowChangeKinds, 'REMOVED'])
          .describe(
            'What became of it; for a skipped row, why. REMOVED: the dataset had it, and the file did not.',
          ),
        cells: z.array(z.string().nullable()),
        before: z
          .array(z.string().nullable())
          .nullable()
          .describe(
            'The row of the dataset that it matched, as it was then: what it updated, or left as it is.',
          ),
        matched: z
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
    description: 'Rows of an import that have the same outcome, in the order of the file.',
  });
export type OutcomePage = z.infer<typeof outcomePageShape>;
