import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { DuplicateRuleName, ImportModeName } from '@/lib/shared/schema/import/start';
import type { DraftColumn } from '../draft/draft';
import { type KeyChoice, keyColumns, modeOf } from './choice';

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

/** What identifies rows and what happens to those with the same key, in one line. */
export function keyWords(choice: KeyChoice, draft: DraftColumn[], dataset: DatasetView | null): string {
  const named = (names: string[]) => new Intl.ListFormat('en', { style: 'long' }).format(names);
  if (!dataset) {
    const key = keyColumns(choice, draft).map(({ name, index }) => name || `column ${index + 1}`);
    return key.length > 0 ? `Rows are identified by ${named(key)}` : 'No key: later files only add rows';
  }
  const mode = modeOf(choice, dataset);
  if (dataset.key.length === 0) return plainModes[mode === 'REPLACE' ? 'REPLACE' : 'APPEND'];
  return mode === 'REPLACE' ? keyedModes.REPLACE : `${keyedModes[mode]}, by ${named(dataset.key)}`;
}
