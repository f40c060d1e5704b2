import { z } from '../../zod';

/** How a file goes up. Safe in a browser. */

/** `POST /imports`, `POST /imports/:id/corrections` */
export const newFileInput = z.object({
  fileName: z
    .string()
    .min(1)
    .max(5_000)
    // Whatever a file is called it can be imported: what cannot be stored or shown is taken out of its name.
    .overwrite((name) => name.toWellFormed().replace(/\p{Cc}+/gu, ' ')),
  fileSize: z.number().int().nonnegative(),
});
export type NewFileInput = z.infer<typeof newFileInput>;

/** `POST …/upload/parts`: addresses for these parts */
export const signPartsInput = z.object({
  partNumbers: z.array(z.number().int().min(1).max(10_000)).min(1).max(100),
});

/** `GET …/upload/parts`: those that are up, behind this one */
export const storedPartsQuery = z.object({ after: z.coerce.number().int().min(0).max(10_000).default(0) });

const signedUrl = z
  .url()
  .describe('A signed address, good for 15 minutes. Its secret is the address: do not log it.');

/** How a file goes up in one piece. */
export const singleUploadShape = z.object({
  kind: z.literal('single'),
  url: signedUrl,
  headers: z
    .record(z.string(), z.string())
    .describe(
      'To be sent with the PUT, for they are signed. `If-None-Match: *` has the store answer 412 where the file is up already.',
    ),
});

/** How a file goes up: in one piece, or in parts. */
export const uploadWayShape = z.discriminatedUnion('kind', [
  singleUploadShape,
  z.object({ kind: z.literal('multipart'), partSize: z.int(), partCount: z.int() }),
]);
export type UploadWay = z.infer<typeof uploadWayShape>;

const part = { partNumber: z.int(), size: z.int() };

/** How an upload goes on. */
export const uploadStateShape = z.discriminatedUnion('kind', [
  singleUploadShape,
  z.object({
    kind: z.literal('multipart'),
    partSize: z.int(),
    partCount: z.int(),
    parts: z.array(z.object(part)),
    next: z.int().nullable().describe('Pass as `after` for more of them; null at the end.'),
  }),
]);

export const signedPartsShape = z.object({ parts: z.array(z.object({ ...part, url: z.url() })) });
