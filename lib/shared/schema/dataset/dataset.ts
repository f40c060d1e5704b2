import { z } from '../../zod';
import { rights } from '../user/user-labels';
import { columnTypes } from './column';
import { columnRules, columnSpelling } from './column-rules';

export const datasetShape = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    columns: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        type: z.enum(columnTypes),
        slot: z.int(),
        rules: columnRules.nullable(),
        format: columnSpelling
          .nullable()
          .describe('How files spell its values, unless an import says otherwise.'),
        synonyms: z.array(z.string()).describe('Other names that files have for it.'),
        indexed: z.boolean().describe('Its index is kept, whether it is used or not.'),
      }),
    ),
    key: z
      .array(z.string())
      .describe('Names of the columns that make a row’s key; empty where there is none.'),
    rows: z.int(),
    imports: z.int().describe('Imports that completed, also those that were undone since.'),
    owner: z.object({ id: z.uuid(), name: z.string() }),
    right: z.enum(rights).describe('What the person who asks may do with it.'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Dataset' });
export type DatasetView = z.infer<typeof datasetShape>;

/** Answer of `GET /datasets`. */
export const datasetPageShape = z.object({
  datasets: z.array(datasetShape),
  next: z.string().nullable().describe('Pass as `after` for the next page; null at the end.'),
});
export type DatasetPage = z.infer<typeof datasetPageShape>;
export type DatasetColumnView = DatasetView['columns'][number];
