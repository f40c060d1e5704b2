import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { ImportDraft } from '@/lib/shared/schema/import/draft';
import type { ColumnTransform } from '@/lib/shared/schema/import/transform';
import { missingColumn } from '../transform/made-values';
import type { DraftColumn, Problem } from './draft';

type Added = NonNullable<ImportDraft['added']>;

/** A column that is added, before anything else is said of it. */
export const newColumn = (name: string, transform: ColumnTransform): Added[number] => ({
  included: true,
  name,
  type: 'TEXT',
  dateOrder: null,
  decimalSign: null,
  open: false,
  format: {},
  rules: {},
  transform,
});

/** Their places, so that what did not change is the same object. */
const placed = new WeakMap<object, DraftColumn>();

/**
 * Columns that are made of those of the file, with places behind them: what the person added, or else what was made of
 * the last such file.
 */
export function addedColumns(
  chosen: ImportDraft['added'],
  remembered: { column: string; transform: ColumnTransform }[] = [],
  width: number,
): DraftColumn[] {
  const added = chosen ?? remembered.map(({ column, transform }) => newColumn(column, transform));
  return added.map((column, place) => {
    const before = placed.get(column);
    if (before?.index === width + place) return before;
    const now = { ...column, index: width + place };
    placed.set(column, now);
    return now;
  });
}

/** Added columns as they are kept. */
export const keptColumns = (added: DraftColumn[]): Added =>
  added.map(({ index: _index, ...column }) => column);

/** Columns that are made of one that the file does not have. */
export function transformProblems(columns: DraftColumn[], inspection: InspectionView): Problem[] {
  return columns.flatMap(({ index, included, name, transform }) => {
    const missing = included ? missingColumn(transform, inspection) : null;
    return missing === null
      ? []
      : [{ index, message: `“${name}” is made of “${missing}”, which this file does not have.` }];
  });
}
