import { z } from '../../zod';
import { columnTypes } from '../dataset/column';
import { columnFormat, columnRules, dateOrders } from '../dataset/column-rules';
import { columnTransform } from './transform';

/** A column of the file and what becomes of it. Columns that are left out of the mapping are skipped. */
export const mappedColumnInput = z.object({
  index: z
    .number()
    .int()
    .min(0)
    .max(3_199)
    .describe(
      'Position in the file, from 0. Beyond its last column: a column that is added, made as `transform.from` says.',
    ),
  name: z.string().trim().min(1).max(200),
  type: z.enum(columnTypes),
  /** How dates are written; null or absent: only ISO 8601 is taken. */
  dateOrder: z.enum(dateOrders).nullable().optional(),
  /** The decimal separator; the default is a point. */
  decimalSign: z.enum(['.', ',']).nullable().optional(),
  /** What else this file's spelling of the values needs. */
  format: columnFormat.nullable().optional(),
  /** What a new column asks of its values. One that the dataset has already keeps its own rules. */
  rules: columnRules.nullable().optional(),
  /** What becomes of its values before they are checked; null or absent: nothing. */
  transform: columnTransform.nullable().optional(),
});
export type MappedColumnInput = z.infer<typeof mappedColumnInput>;
