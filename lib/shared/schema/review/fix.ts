import { z } from '../../zod';
import { columnFormat, dateOrders } from '../dataset/column-rules';

/** What a person can change about an import that waits in REVIEW. Safe in a browser. */

export const column = z.string().min(1).max(200).describe('The column’s name in the dataset.');

const value = z.string().min(1).max(200);

/** One change that can turn rejected rows into valid ones. */
export const fixInput = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('DATE_ORDER'), column, dateOrder: z.enum(dateOrders) }),
    z.object({ kind: z.literal('DECIMAL_SIGN'), column, decimalSign: z.enum(['.', ',']) }),
    z.object({
      kind: z.literal('FORMAT'),
      column,
      format: columnFormat.pick({ trim: true, grouping: true, currency: true, percent: true }),
    }),
    z.object({
      kind: z.literal('EMPTY'),
      column,
      words: z.array(z.string().trim().min(1).max(50)).min(1).max(20),
    }),
    z.object({ kind: z.literal('READ_AS'), column, from: value, to: z.string().max(200) }),
    z.object({ kind: z.literal('ALLOW'), column, values: z.array(value).min(1).max(50) }),
    z.object({ kind: z.literal('DEFAULT'), column, value }),
    z.object({ kind: z.literal('OPTIONAL'), column }),
    z.object({ kind: z.literal('TEXT'), column }),
    z.object({ kind: z.literal('PAD_SHORT_ROWS') }),
  ])
  .meta({ id: 'Fix', description: 'A change to how the file is read or to what a column takes.' });
export type Fix = z.infer<typeof fixInput>;

/** `POST /imports/:id/fixes` */
export const fixesInput = z.object({
  fixes: z.array(fixInput).max(50).describe('None: only look at the rejected rows again.'),
});
