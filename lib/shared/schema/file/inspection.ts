import { z } from '../../zod';
import { layoutShape } from './layout';
import { leftOutKinds } from './left-out-kinds';
import { proposedColumnShape } from './proposed-column';

const numberedRows = z.array(z.object({ row: z.int(), cells: z.array(z.string()) }));

const leftOutRows = z
  .object({
    kind: z.enum(leftOutKinds),
    isLeftOut: z.boolean(),
    says: z.string().describe('Which rows they are, and what becomes of them: a sentence.'),
  })
  .meta({ id: 'LeftOutRows', description: 'Rows that look like no data of the table.' });
export type LeftOutRowsView = z.infer<typeof leftOutRows>;

const encodingReading = z
  .object({
    encoding: z.string(),
    lines: z
      .array(z.array(z.object({ text: z.string(), differs: z.boolean() })))
      .describe(
        'Lines of the file as they read in it, in parts: those that read otherwise elsewhere differ.',
      ),
  })
  .meta({ id: 'EncodingReading', description: 'How a file reads in one of the encodings it may be in.' });
export type EncodingReading = z.infer<typeof encodingReading>;

export const inspectionShape = z
  .object({
    layout: layoutShape,
    encodings: z
      .array(encodingReading)
      .describe(
        'Where a short file leaves its encoding open: how it reads in two or three, the likeliest first.',
      ),
    columns: z.array(proposedColumnShape),
    sample: numberedRows.describe('First rows of data, as text cells.'),
    top: numberedRows.describe('First rows of all, the header and what stands above it among them.'),
    headerSure: z
      .boolean()
      .describe(
        'Whether something shows that this is the header, and nothing stands above it; or a person said so.',
      ),
    leftOut: z.array(leftOutRows),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'Inspection', description: 'What was understood of the file, to be confirmed or corrected.' });
export type InspectionView = z.infer<typeof inspectionShape>;
