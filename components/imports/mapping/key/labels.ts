import type { DuplicateRuleName, ImportModeName } from '@/lib/shared/schema/import/start';

/** What an import does with a dataset that has a key, as the user chooses it. */
export const keyedModes: Record<ImportModeName, string> = {
  UPSERT: 'Update existing rows, add new ones',
  INSERT: 'Add new rows only, skip existing ones',
  UPDATE: 'Update existing rows only, skip new ones',
  APPEND: 'Add new rows, reject existing ones',
  REPLACE: 'Replace all rows of the dataset',
};

/** The same for one without a key. */
export const plainModes = {
  APPEND: 'Add to the existing rows',
  REPLACE: 'Replace all rows of the dataset',
} as const satisfies Partial<Record<ImportModeName, string>>;

/** What happens to rows of one file with the same key. */
export const duplicateWords: Record<DuplicateRuleName, string> = {
  LAST: 'Keep the last row, skip the others',
  FIRST: 'Keep the first row, skip the others',
  REJECT: 'Reject all of these rows',
};

const briefly: Record<ImportModeName, string> = {
  UPSERT: 'updates and adds',
  INSERT: 'adds new rows only',
  UPDATE: 'updates only',
  APPEND: 'adds to it',
  REPLACE: 'replaces its rows',
};

/** In brackets after the name of an existing dataset. */
export const inBrief = (mode: ImportModeName) => briefly[mode];
