import { mostTableColumns } from '../../most-table-columns';
import { z } from '../../zod';
import { columnTransform } from '../import/transform';
import { columnFormat, dateOrders } from './column-rules';
import { matchKinds } from './match-kinds';

/** `POST /datasets/:slug/match`: which columns a file with these headers would go into */
export const matchInput = z.object({
  headers: z.array(z.string().max(1_000)).min(1).max(mostTableColumns),
  values: z
    .array(z.array(z.string().max(300)).max(20))
    .max(mostTableColumns)
    .optional()
    .describe(
      'A few values of each, in the order of the headers: a column of e-mail addresses finds its own.',
    ),
});

export const matchesShape = z.object({
  matches: z
    .array(
      z
        .object({
          column: z.string().nullable().describe('The dataset’s column; null: left out, as last time.'),
          how: z.enum(matchKinds),
          confidence: z.number().describe('From 0 to 1; 1 for everything but similar names and values.'),
          dateOrder: z.enum(dateOrders).nullable(),
          decimalSign: z.enum(['.', ',']).nullable(),
          format: columnFormat.nullable(),
          transform: columnTransform
            .optional()
            .describe('What was done to its values in the last such file; absent: nothing.'),
        })
        .nullable(),
    )
    .describe(
      'For each header, in order; null where nothing matches. Values are spelled as in the last such file, or else as the column says.',
    ),
  added: z
    .array(z.object({ column: z.string(), transform: columnTransform }))
    .describe('Columns of the dataset that the last such file filled with what was made of its columns.'),
});
export type ColumnMatch = NonNullable<z.infer<typeof matchesShape>['matches'][number]>;
