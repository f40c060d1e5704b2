import { z } from '../../zod';

/** What becomes of a column's values before they are checked and stored. Safe in a browser. */

const most = { text: 400, separator: 20, columns: 20, words: 1_000, word: 200, parts: 50, steps: 20 };

/** Text that can be stored: no NUL, and no half of a character. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((value) => value.isWellFormed() && !value.includes('\0'), 'It has a character that is not text.');

export const letterCases = ['UPPER', 'LOWER', 'TITLE'] as const;
export type LetterCase = (typeof letterCases)[number];

/** One change of a value. They are made one after the other. */
export const transformStep = z
  .discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('TRIM') })
      .describe('White space around the value goes; inside of it, any run of white space becomes one space.'),
    z.object({ kind: z.literal('CASE'), to: z.enum(letterCases) }),
    z
      .object({
        kind: z.literal('SPLIT'),
        separator: text(most.separator).min(1),
        part: z
          .int()
          .min(-most.parts)
          .max(most.parts)
          .refine((part) => part !== 0, 'The first part is 1, the last one -1.')
          .describe('From 1 for the first part, or from -1 for the last one.'),
        rest: z.boolean().optional().describe('True: that part and all behind it.'),
      })
      .describe('A part of the value; an empty one where it has not so many.'),
    z
      .object({
        kind: z.literal('REPLACE'),
        values: z.array(z.object({ from: text(most.word).min(1), to: text(most.word) })).max(most.words),
        ignoreCase: z.boolean().optional(),
        others: z
          .enum(['KEEP', 'EMPTY', 'REJECT'])
          .optional()
          .describe('What becomes of values that are not in the list; KEEP unless it is said.'),
      })
      .describe('Whole values, white space around them aside, and what stands in their place.'),
    z
      .object({ kind: z.literal('DEFAULT'), value: text(most.text) })
      .describe('What stands in the place of a blank value.'),
  ])
  .meta({ id: 'TransformStep' });
export type TransformStep = z.infer<typeof transformStep>;

const fixedValue = z.object({ kind: z.literal('VALUE'), value: text(most.text) });
const joinedColumns = z.object({
  kind: z.literal('COLUMNS'),
  columns: z.array(z.string().max(1_000)).min(1).max(most.columns).describe('By their names in the file.'),
  separator: text(most.separator).describe('What stands between them. Blank cells are left out.'),
});
const steps = z.array(transformStep).max(most.steps).optional();

/** What a value is made of, where it is not its own cell, and what is done to it then. */
export const columnTransform = z
  .object({
    from: z
      .discriminatedUnion('kind', [fixedValue, joinedColumns])
      .nullable()
      .optional()
      .describe('What the value is made of: the same text for every row, or cells; null: its own cell.'),
    steps,
  })
  .meta({ id: 'ColumnTransform' });
export type ColumnTransform = z.infer<typeof columnTransform>;
export type TransformSource = NonNullable<ColumnTransform['from']>;

/** The same once it is known where the columns stand. */
export const placedTransform = z.object({
  from: z
    .discriminatedUnion('kind', [
      fixedValue,
      joinedColumns.extend({ indexes: z.array(z.int()).describe('Where these stand in the file, from 0.') }),
    ])
    .nullable()
    .optional(),
  steps,
});
export type PlacedTransform = z.infer<typeof placedTransform>;
