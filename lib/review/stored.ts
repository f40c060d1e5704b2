import { z } from 'zod';
import { amendmentShape } from './contract';
import { columnBefore } from './fixes/take-back-fix';

/** What the worker is to do with an import that was reviewed, instead of reading its file. */
export const storedTask = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('CHECK_AGAIN') }),
  z.object({ kind: z.literal('CORRECTION'), correctionId: z.number().int() }),
]);
export type ReviewTask = z.infer<typeof storedTask>;

/** An amendment with what is needed to take it back. */
const storedAmendment = amendmentShape.extend({ before: columnBefore.optional() });
export type StoredAmendment = z.infer<typeof storedAmendment>;
export const storedAmendments = z.array(storedAmendment);

/** Amendments as everybody sees them. */
export const shownAmendments = z.array(amendmentShape);
