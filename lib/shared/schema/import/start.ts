import { mostTableColumns } from '../../most-table-columns';
import { z } from '../../zod';
import { mappedColumnInput } from './mapping';

/** What an import does with rows that are there already. All but the first and the last need a dataset with a key. */
export const importModes = ['APPEND', 'UPSERT', 'INSERT', 'UPDATE', 'REPLACE'] as const;
export type ImportModeName = (typeof importModes)[number];

/** Which of several rows of one file with the same key counts; `REJECT`: none. */
export const duplicateRules = ['LAST', 'FIRST', 'REJECT'] as const;
export type DuplicateRuleName = (typeof duplicateRules)[number];

/**
 * What becomes of an import some of whose rows are rejected: the others go in, none does until what is wrong is put
 * right, or a person looks at the outcome in any case.
 */
export const rejectionChoices = ['IMPORT_VALID', 'STOP', 'REVIEW'] as const;
export type RejectionChoice = (typeof rejectionChoices)[number];

/** `POST /imports/:id/start` */
export const startImportInput = z.object({
  dataset: z.union([z.object({ id: z.uuid() }), z.object({ name: z.string().trim().min(1).max(200) })]),
  columns: z.array(mappedColumnInput).min(1).max(mostTableColumns),
  /** Rows with too few cells: `reject` (the default) or fill up with empty cells. */
  shortRows: z.enum(['reject', 'pad']).default('reject'),
  key: z
    .array(z.string().trim().min(1).max(200))
    .max(16)
    .optional()
    .describe(
      'Names of the columns that make a row’s key. For the first import of a dataset, which keeps it.',
    ),
  mode: z
    .enum(importModes)
    .optional()
    .describe('Without it, UPSERT where the dataset has a key and APPEND where it has none.'),
  duplicates: z.enum(duplicateRules).default('LAST'),
  onRejection: z
    .enum(rejectionChoices)
    .default('IMPORT_VALID')
    .describe(
      'IMPORT_VALID: rows that are not rejected go in; if all are rejected, the import waits in REVIEW. STOP: if any is rejected, nothing goes in, and the import waits in REVIEW. REVIEW: it waits there in any case. What waits goes in by `…/publication`.',
    ),
});
export type StartImportInput = z.input<typeof startImportInput>;
