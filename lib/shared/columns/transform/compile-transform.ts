import { MiB } from '../../bytes';
import type { ColumnTransform, PlacedTransform } from '../../schema/import/transform';
import { Rejected } from '../validate/types';
import { compileStep } from './steps';

/** A column as far as its values are made of cells. */
export interface TransformedColumn {
  /** Position in the file; beyond the last column of the file for a column that is added. */
  index: number;
  transform?: PlacedTransform | null;
}

/** The cells of a row → the value of a column, or why its row is not stored. Cells may be missing at the end. */
export type CompiledTransform = (cells: readonly (string | undefined)[]) => string | Rejected;

/** As in a file: no cell is longer. */
const longest = 1_048_576;

const tooLong = new Rejected(
  'cell-too-large',
  'Joined and replaced, it has more than 1,048,576 characters. Join fewer columns.',
);

/**
 * Characters of all values of a row that are made of its cells. Each may be as long as a cell, and 1,600 columns may join the
 * same long one: a row of 1 MB of the file would be one of 1.6 GB.
 */
export const mostMade = 4 * MiB;

export const tooMuch = new Rejected(
  'cell-too-large',
  'With it, the row has more than 4,194,304 characters that are made of its cells. Join fewer columns.',
);

/** Whether a column's values are not just its cells. */
export function isTransformed({ transform }: Pick<TransformedColumn, 'transform'>): boolean {
  return Boolean(transform?.from) || (transform?.steps?.length ?? 0) > 0;
}

/** Whether a column's values begin with its own cell. */
export const usesOwnCell = ({ transform }: Pick<TransformedColumn, 'transform'>): boolean => !transform?.from;

/** Positions in the file of the cells that a column's values are made of. */
export function sourcesOf({ index, transform }: TransformedColumn): number[] {
  if (!transform?.from) return [index];
  return transform.from.kind === 'COLUMNS' ? transform.from.indexes : [];
}

/** What becomes of the cells of a column, step by step. @returns null where a value is just its cell */
export function compileTransform(column: TransformedColumn): CompiledTransform | null {
  if (!isTransformed(column)) return null;
  const begin = beginning(column);
  const steps = (column.transform?.steps ?? []).map(compileStep);
  return (cells) => {
    let value = begin(cells);
    for (const step of steps) {
      const next = step(value);
      if (typeof next !== 'string') return next;
      value = next;
    }
    return value.length > longest ? tooLong : value;
  };
}

function beginning({
  index,
  transform,
}: TransformedColumn): (cells: readonly (string | undefined)[]) => string {
  const from = transform?.from;
  if (!from) return (cells) => cells[index] ?? '';
  if (from.kind === 'VALUE') return () => from.value;
  const { indexes, separator } = from;
  const [only] = indexes;
  if (only !== undefined && indexes.length === 1) return (cells) => cells[only] ?? '';
  return (cells) => {
    let joined = '';
    for (const place of indexes) {
      const cell = cells[place];
      if (cell === undefined || cell.trim() === '') continue;
      joined += joined === '' ? cell : separator + cell;
    }
    return joined;
  };
}

/**
 * Finds where the columns stand that a transform names.
 * @param headers of the file, in order
 * @returns or the name of a column that the file does not have
 */
export function placeTransform(
  { from, steps }: ColumnTransform,
  headers: string[],
): { placed: PlacedTransform } | { missing: string } {
  if (from?.kind !== 'COLUMNS') return { placed: { from, steps } };
  const missing = from.columns.find((name) => !headers.includes(name));
  if (missing !== undefined) return { missing };
  return { placed: { from: { ...from, indexes: from.columns.map((name) => headers.indexOf(name)) }, steps } };
}

/** A transform by the names of its columns alone, as it is said again of another file. */
export function namedTransform({ transform }: Pick<TransformedColumn, 'transform'>): ColumnTransform {
  const { from, steps } = transform ?? {};
  if (from?.kind !== 'COLUMNS') return { from, steps };
  const { indexes: _indexes, ...named } = from;
  return { from: named, steps };
}
