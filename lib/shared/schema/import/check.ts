import { z } from '../../zod';
import { causesShape } from '../review/cause';
import { failureShape } from '../review/correction';

/** Different values of a column that are counted. */
export const mostDistinct = 10_000;

/** What was found of a column's cells. */
const checkedColumnShape = z
  .object({
    index: z.int().describe('Position in the file, from 0.'),
    name: z.string(),
    rejected: z.int().describe('Rows that are rejected for what they have in this column.'),
    empty: z
      .int()
      .nullable()
      .describe(
        'Of the rows that would go in: those with nothing here. Not counted from the 250th column on.',
      ),
    distinct: z
      .object({
        count: z.int(),
        more: z.boolean().describe('There are more; counting stopped there.'),
      })
      .nullable()
      .describe('Different values in the rows that would go in. Not counted from the 250th column on.'),
  })
  .meta({
    id: 'CheckedColumn',
    description: 'A matched column of the file, over all rows that were checked.',
  });
export type CheckedColumn = z.infer<typeof checkedColumnShape>;

/** What a check has counted, as it is stored. */
export const checkFigures = causesShape.extend({
  rows: z.object({
    read: z.int(),
    accepted: z.int().describe('Rows that would go in.'),
    rejected: z.int(),
    leftOut: z.int().describe('Blank rows, and rows that are no data.'),
  }),
  bytesRead: z.int(),
  columns: z.array(checkedColumnShape),
  complete: z.boolean().describe('The whole file was read. A very long one is checked in part.'),
});
export type CheckFigures = z.infer<typeof checkFigures>;

/** `GET /imports/:id/check` */
export const checkShape = z
  .object({
    state: z
      .enum(['WAITING', 'RUNNING', 'DONE', 'FAILED', 'STOPPED'])
      .describe(
        'STOPPED: the import was started, cancelled or is read anew, so that nothing is checked any more.',
      ),
    version: z.int().describe('Grows whenever something else is checked.'),
    bytes: z.int().describe('Of the file.'),
    failure: failureShape.nullable().describe('Why the file cannot be read.'),
    figures: checkFigures.nullable().describe('Of the rows so far; null: none yet.'),
  })
  .meta({
    id: 'Check',
    description:
      'What would become of the rows of a file. Values that may be there only once, and keys, are not looked at: only the import itself finds out about those.',
  });
export type CheckView = z.infer<typeof checkShape>;

export const checkAnswerShape = z.object({
  check: checkShape.nullable().describe('null: the file was not checked.'),
});
export type CheckAnswer = z.infer<typeof checkAnswerShape>;
