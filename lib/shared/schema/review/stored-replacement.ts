import { z } from 'zod';

/** What an import that replaces a dataset does to the rows that are there, as the import keeps it. */
export const storedReplacement = z.object({
  /** That of the dataset for which it was found out. */
  revision: z.number().int(),
  removed: z.number().int(),
  changed: z.number().int(),
  kept: z.number().int(),
  added: z.number().int(),
  /** Of those removed: how many have a row in the file all the same, which was rejected. */
  rejected: z.number().int().default(0),
  /** The first of those rows of the file. */
  rejectedRows: z.array(z.number().int()).default([]),
});
export type Replacement = z.infer<typeof storedReplacement>;

/**
 * What a replacement did or would do, as everybody is told it: in the review and once it is published alike. Rows that
 * were corrected in the review and not decided on since are among those added.
 * @returns null for an import that replaces nothing, or was published when this was not kept
 */
export function replacementCounts(record: {
  replaces: unknown;
  rowsInserted: number;
}): Pick<Replacement, 'removed' | 'changed' | 'kept' | 'added'> | null {
  if (record.replaces === null || record.replaces === undefined) return null;
  const { removed, changed, kept } = storedReplacement.parse(record.replaces);
  // All of them were written anew: what is counted as inserted is every row of the file that the dataset has afterwards.
  return { removed, changed, kept, added: record.rowsInserted - changed - kept };
}
