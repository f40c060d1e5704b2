import { z } from '../../zod';

export const rejectionShape = z
  .object({
    row: z.int().describe('Row number in the file.'),
    column: z.string().nullable().describe('The column’s name, or null when the whole row is meant.'),
    value: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'Rejection', description: 'Why a row was not stored.' });
export type RejectionView = z.infer<typeof rejectionShape>;
