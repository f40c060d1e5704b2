import { z } from '../../zod';

/** `POST /imports/:id/publication` */
export const publicationInput = z.object({
  removes: z
    .int()
    .min(0)
    .optional()
    .describe(
      'How many rows of the dataset the person agreed to remove, by `replaces.removed`. Another number than that is refused.',
    ),
});
export type PublicationInput = z.infer<typeof publicationInput>;
