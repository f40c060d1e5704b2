import {
  compileTransform,
  isTransformed,
  placeTransform,
  sourcesOf,
} from '@/lib/shared/columns/transform/compile-transform';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { ColumnTransform } from '@/lib/shared/schema/import/transform';

/** A column whose values can be transformed. */
export interface Transformable {
  index: number;
  transform?: ColumnTransform | null;
}

/** What a transform makes of a row of the sample. */
export interface MadeValue {
  row: number;
  /** The cells that it is made of. */
  before: string[];
  after: string;
  /** Why the row would be rejected; null where it would not. */
  reason: string | null;
}

type Cells = (cells: string[]) => Omit<MadeValue, 'row'>;

/** Makes a column's value of the cells of a row. A column that the file does not have is empty. */
export function madeOf(
  { index, transform }: { index: number; transform?: ColumnTransform | null },
  columns: { name: string }[],
): Cells {
  const headers = columns.map(({ name }) => name);
  const found = transform ? placeTransform(transform, headers) : null;
  const column = { index, transform: found && 'placed' in found ? found.placed : null };
  const sources = sourcesOf(column);
  const made = compileTransform(column);
  return (cells) => {
    const before = sources.map((place) => cells[place] ?? '');
    const value = made === null ? (cells[index] ?? '') : made(cells);
    return typeof value === 'string'
      ? { before, after: value, reason: null }
      : { before, after: before.join(' '), reason: value.reason };
  };
}

/** The same for the first rows of the file. */
export function madeValues(
  column: { index: number; transform?: ColumnTransform | null },
  inspection: Pick<InspectionView, 'columns' | 'sample'>,
  most: number,
): MadeValue[] {
  const made = madeOf(column, inspection.columns);
  return inspection.sample.slice(0, most).map(({ row, cells }) => ({ row, ...made(cells) }));
}

/** A column that a transform names and the file does not have; null where it has all of them. */
export function missingColumn(
  transform: ColumnTransform | null | undefined,
  { columns }: Pick<InspectionView, 'columns'>,
): string | null {
  if (transform?.from?.kind !== 'COLUMNS') return null;
  const names = new Set(columns.map(({ name }) => name));
  return transform.from.columns.find((name) => !names.has(name)) ?? null;
}

/** A transform that does something; null for one that does not. */
export const orNone = (transform: ColumnTransform): ColumnTransform | null =>
  isTransformed({
    transform: { steps: transform.steps, from: transform.from && { kind: 'VALUE', value: '' } },
  })
    ? transform
    : null;
