import { z } from '../../zod';
import { uploadWayShape } from '../file/upload';
import { failureReasons } from '../import/failure';

/** Files of corrected rows. Safe in a browser. */

export const failureShape = z.object({
  reason: z.enum(failureReasons),
  message: z.string(),
  nextStep: z.string(),
});
export type FailureView = z.infer<typeof failureShape>;

/** Its import has it once it is RECEIVED, and takes its rows in. */
export const correctionStatuses = ['UPLOADING', 'INSPECTING', 'RECEIVED', 'FAILED', 'CANCELLED'] as const;

export const correctionShape = z
  .object({
    id: z.uuid(),
    status: z.enum(correctionStatuses),
    failure: failureShape.nullable(),
    file: z.object({ name: z.string(), bytes: z.int(), sha256: z.string().nullable() }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Correction', description: 'A file with corrected rows of an import in REVIEW.' });
export type CorrectionView = z.infer<typeof correctionShape>;

/** Answer of `POST /imports/:id/corrections`. */
export const createdCorrectionShape = z
  .object({ correction: correctionShape, upload: uploadWayShape })
  .meta({ id: 'CreatedCorrection', description: 'A file that is waited for, and how it goes up.' });
export type CreatedCorrection = z.infer<typeof createdCorrectionShape>;
