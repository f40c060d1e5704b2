import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { DuplicateRuleName, ImportModeName, StartImportInput } from '@/lib/shared/schema/import/start';
import type { DraftColumn, Problem } from '../draft/draft';

/** What the user chose about keys and existing rows. */
export interface KeyChoice {
  /** Places in the file of the columns that make the key of a new dataset, in their order. */
  key: number[];
  /** Null: as is usual for the dataset. */
  mode: ImportModeName | null;
  duplicates: DuplicateRuleName;
}

export const nothingChosen: KeyChoice = { key: [], mode: null, duplicates: 'LAST' };

/** The columns of a new dataset's key: those that were chosen and are still included. */
export function keyColumns(choice: KeyChoice, draft: DraftColumn[]): DraftColumn[] {
  return choice.key.flatMap(
    (index) => draft.find((column) => column.index === index && column.included) ?? [],
  );
}

/** What the import does with existing rows. */
export function modeOf(choice: KeyChoice, dataset: DatasetView | null): ImportModeName {
  if (!dataset) return 'APPEND';
  const keyed = dataset.key.length > 0;
  const fits = choice.mode !== null && (keyed || choice.mode === 'APPEND' || choice.mode === 'REPLACE');
  return choice.mode !== null && fits ? choice.mode : keyed ? 'UPSERT' : 'APPEND';
}

/** Key columns of the dataset that no column of the file goes into: rows could not be told apart. */
export function keyProblems(draft: DraftColumn[], dataset: DatasetView | null): Problem[] {
  const names = new Set(
    draft.filter((column) => column.included).map(({ name }) => name.trim().toLowerCase()),
  );
  return (dataset?.key ?? [])
    .filter((name) => !names.has(name.toLowerCase()))
    .map((name) => ({
      index: null,
      message: `“${name}” is a key column of “${dataset?.name}”: choose the column of the file that goes into it.`,
    }));
}

/** The choice as the server takes it. */
export function keyInput(
  choice: KeyChoice,
  draft: DraftColumn[],
  dataset: DatasetView | null,
): Pick<StartImportInput, 'key' | 'mode' | 'duplicates'> {
  if (dataset) return { mode: modeOf(choice, dataset), duplicates: choice.duplicates };
  const key = keyColumns(choice, draft).map(({ name }) => name.trim());
  return key.length > 0 ? { key, duplicates: choice.duplicates } : {};
}
