import { z } from '../../zod';
import { datasetShape } from './dataset';
import { matchInput } from './match';

/** `POST /dataset-matches`: the datasets whose columns a file with these headers has */
export const candidatesInput = matchInput.pick({ headers: true });

const candidateShape = z
  .object({
    dataset: datasetShape,
    same: z.int().describe('Columns that the file has by their name or a synonym.'),
    missing: z.int().describe('Columns that the file lacks.'),
    extra: z.int().describe('Columns of the file that the dataset lacks.'),
  })
  .meta({ id: 'Candidate', description: 'A dataset that has the columns of a file, or nearly all of them.' });
export type Candidate = z.infer<typeof candidateShape>;

export const candidatesShape = z.object({
  candidates: z
    .array(candidateShape)
    .describe('The likeliest first; of those with as many columns, the one that was imported into last.'),
});
