import { z } from 'zod';

/** What an import that replaces a dataset does to the rows that are there, as an import in REVIEW keeps it. */
export const storedReplacement = z.object({
  /** That of the dataset for which it was found out. */
  revision: z.number().int(),
  removed: z.number().int(),
  changed: z.number().int(),
  kept: z.number().int(),
  added: z.number().int(),
});
export type Replacement = z.infer<typeof storedReplacement>;
