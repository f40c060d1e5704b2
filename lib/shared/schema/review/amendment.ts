import { z } from '../../zod';
import { fixInput } from './fix';

/** What was changed in the review of an import, for its receipt. */
export const amendmentShape = z
  .object({
    at: z.iso.datetime(),
    by: z.string().describe('Name of the person.'),
    what: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('FIX'),
        fix: fixInput,
        undone: z
          .object({ at: z.iso.datetime(), by: z.string() })
          .optional()
          .describe('Set: it was undone, and holds no more.'),
      }),
      z.object({
        kind: z.literal('FILE'),
        name: z.string(),
        sha256: z.string(),
        rows: z.int().describe('Rows of the import that it brought again.'),
        accepted: z.int().describe('Those of them that are valid now.'),
        left: z
          .object({ rows: z.int(), first: z.array(z.int()).describe('The numbers of the first of them.') })
          .optional()
          .describe('Those of them that were valid before the file came, and were left as they are.'),
      }),
      z.object({
        kind: z.literal('EDITS'),
        rows: z.int().describe('Rejected rows that were corrected cell by cell.'),
      }),
    ]),
  })
  .meta({ id: 'Amendment', description: 'Something that was changed in the review of an import.' });
export type Amendment = z.infer<typeof amendmentShape>;
