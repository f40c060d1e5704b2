import { z } from '../../zod';

/** `POST /users/:id/purge`: the address of who is meant, so that nobody is deleted by a slip. */
export const purgeInput = z.object({ email: z.string().trim().toLowerCase().max(254) });

/** What goes with somebody: the answer of `GET /users/:id/purge`. */
export const purgePreviewShape = z
  .object({
    datasets: z.array(z.object({ name: z.string(), slug: z.string() })),
    imports: z.int().describe('Their own, into whatever dataset.'),
    importsOfOthers: z.int().describe('Into their datasets.'),
    elsewhere: z.int().describe('Their completed imports into datasets of others, whose rows leave these.'),
    rows: z.int(),
    bytes: z.int().describe('Of the files that are kept.'),
    sessions: z.int(),
    tokens: z.int(),
  })
  .meta({ id: 'PurgePreview' });
export type PurgePreview = z.infer<typeof purgePreviewShape>;
