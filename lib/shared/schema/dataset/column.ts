import { z } from '../../zod';
import { columnRules, columnSpelling, type dateOrders } from './column-rules';

/**
 * What goes over the wire between pages, command line and server: the schemas that requests are parsed by,
 * and the shapes of answers. Safe in a browser.
 */

export const columnTypes = [
  'TEXT',
  'INTEGER',
  'DECIMAL',
  'BOOLEAN',
  'DATE',
  'DATETIME',
  'TIME',
  'EMAIL',
  'URL',
  'CHOICE',
  'JSON',
] as const;
export type ColumnType = (typeof columnTypes)[number];
export type DateOrder = (typeof dateOrders)[number];

/** `PUT /datasets/:slug/columns/:id`. What is left out stays as it is. */
export const columnInput = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  position: z.number().int().min(0).max(1_599).optional().describe('Place among the columns, from 0.'),
  synonyms: z.array(z.string().trim().min(1).max(200)).max(50).optional(),
  rules: columnRules.nullable().optional(),
  format: columnSpelling.nullable().optional(),
  indexed: z
    .boolean()
    .optional()
    .describe('Keep an index of it, so that sorting and filtering by it is fast at any time.'),
});
export type ColumnInput = z.infer<typeof columnInput>;
