import { z } from 'zod';
import { amendmentShape } from './contract';

/** What the worker is to do with an import that was reviewed, instead of reading its file. */
export const storedTask = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('CHECK_AGAIN') }),
  z.object({ kind: z.literal('CORRECTION'), correctionId: z.number().int() }),
]);
export type ReviewTask = z.infer<typeof storedTask>;

export const storedAmendments = z.array(amendmentShape);
