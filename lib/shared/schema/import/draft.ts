import { mostTableColumns } from '../../most-table-columns';
import { z } from '../../zod';
import { columnTypes } from '../dataset/column';
import { columnFormat, columnRules, dateOrders } from '../dataset/column-rules';
import { duplicateRules, importModes, rejectionChoices } from './start';

/** What a person chooses one after the other. */
export const choosingSteps = ['SHEET', 'HEADER', 'COLUMNS'] as const;
export type ChoosingStep = (typeof choosingSteps)[number];

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
        z.object({
          header: z.string().max(1_000).describe('The file’s column, by its name in the file.'),
          included: z.boolean(),
          name: z.string().max(200),
          type: z.enum(columnTypes),
          dateOrder: z.enum(dateOrders).nullable(),
          decimalSign: z.enum(['.', ',']).nullable(),
          open: z.boolean().describe('Two readings are possible, and none was chosen.'),
          format: columnFormat,
          rules: columnRules,
        }),
      )
      .max(mostTableColumns)
      .describe('Those that the person changed.'),
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
