import { mostTableColumns } from '../../most-table-columns';
import { z } from '../../zod';
import { columnTypes } from '../dataset/column';
import { columnFormat, columnRules, dateOrders } from '../dataset/column-rules';
import { duplicateRules, importModes, rejectionChoices } from './start';
import { columnTransform } from './transform';

/** Columns that can be added to those of a file. */
export const mostAdded = 100;

/** What a person chooses one after the other. */
export const choosingSteps = ['SHEET', 'HEADER', 'COLUMNS'] as const;
export type ChoosingStep = (typeof choosingSteps)[number];

/** A column as the person chose it. */
const draftColumn = z.object({
  included: z.boolean(),
  name: z.string().max(200),
  type: z.enum(columnTypes),
  dateOrder: z.enum(dateOrders).nullable(),
  decimalSign: z.enum(['.', ',']).nullable(),
  open: z.boolean().describe('Two readings are possible, and none was chosen.'),
  format: columnFormat,
  rules: columnRules,
  transform: columnTransform
    .nullable()
    .optional()
    .describe('What is done to its values before they are checked.'),
});

/** `PUT /imports/:id/draft`. What is left out was not chosen yet. */
export const importDraft = z
  .object({
    dataset: z.string().max(200).nullable().describe('The dataset’s name as it was typed.'),
    into: z
      .uuid()
      .nullable()
      .describe('The dataset that the person chose, also if it was made after the file was uploaded.'),
    columns: z
      .array(
        draftColumn.extend({
          header: z.string().max(1_000).describe('The file’s column, by its name in the file.'),
        }),
      )
      .max(mostTableColumns)
      .describe('Those that the person changed.'),
    added: z.array(draftColumn).max(mostAdded).describe('Columns that are made of the file’s, behind these.'),
    shortRows: z.enum(['reject', 'pad']),
    key: z.array(z.string().max(200)).max(16),
    mode: z.enum(importModes),
    duplicates: z.enum(duplicateRules),
    onRejection: z.enum(rejectionChoices),
    step: z.enum(choosingSteps).describe('What the person is at.'),
    sameFileSeen: z.boolean().describe('The person knows that the same file was imported before.'),
  })
  .partial()
  .meta({ id: 'ImportDraft', description: 'What was chosen for an import that is not started yet.' });
export type ImportDraft = z.infer<typeof importDraft>;
