import { z } from '../../zod';
import { columnTypes } from '../dataset/column';
import { columnFormat, columnRules, dateOrders } from '../dataset/column-rules';

/** How a person may want a column of text read. */
export const suggestedReading = z
  .object({
    type: z.enum(columnTypes),
    dateOrder: z.enum(dateOrders).nullable(),
    decimalSign: z.enum(['.', ',']).nullable(),
    format: columnFormat.nullable(),
    rules: columnRules.nullable(),
    evidence: z.string().describe('What speaks for it: a sentence.'),
  })
  .meta({
    id: 'SuggestedReading',
    description:
      'Another reading of a column, which would change how values are stored, so that only a person takes it.',
  });
export type SuggestedReading = z.infer<typeof suggestedReading>;

export const proposedColumnShape = z
  .object({
    index: z.int(),
    name: z.string(),
    type: z.enum(columnTypes),
    dateOrder: z.enum(dateOrders).nullable(),
    decimalSign: z.enum(['.', ',']).nullable(),
    format: columnFormat
      .nullable()
      .describe('What its values need to be read either way, where that is open; null: nothing.'),
    evidence: z.string().describe('Why this type: a sentence.'),
    ambiguous: z
      .boolean()
      .describe(
        'True where two readings are equally likely and the person has to choose (03/04/2026; 1,234).',
      ),
    misfits: z.int().describe('Values of the rows looked at that do not fit the type.'),
    suggestion: suggestedReading.nullable(),
  })
  .meta({
    id: 'ProposedColumn',
    description: 'A proposal for one column of the file, with what speaks for it.',
  });
export type ProposedColumn = z.infer<typeof proposedColumnShape>;
