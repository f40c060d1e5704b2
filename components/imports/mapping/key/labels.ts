import type { DuplicateRuleName, ImportModeName } from '@/lib/shared/schema/imports';

/** What an import does with a dataset that has a key, as its person chooses it. */
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

/** What becomes of rows of one file with the same key. */
export const duplicateWords: Record<DuplicateRuleName, string> = {
  LAST: 'The last of them counts, the others are skipped',
  FIRST: 'The first of them counts, the others are skipped',
  REJECT: 'Reject all of them',
};

const briefly: Record<ImportModeName, string> = {
  UPSERT: 'updates and adds',
  INSERT: 'adds new rows only',
  UPDATE: 'updates only',
  APPEND: 'adds to it',
  REPLACE: 'replaces its rows',
};

/** In brackets behind the name of a dataset that is there. */
export const inBrief = (mode: ImportModeName) => briefly[mode];
