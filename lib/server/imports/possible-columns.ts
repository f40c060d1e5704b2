import { placeTransform } from '@/lib/shared/columns/transform/compile-transform';
import { mostTableColumns } from '@/lib/shared/most-table-columns';
import type { MappedColumnInput } from '@/lib/shared/schema/import/mapping';
import type { PlacedTransform } from '@/lib/shared/schema/import/transform';
import { AppError } from '../platform/errors';

/** A column that is known to be possible, with the places of all cells that it is made of. */
export type PlacedColumn = Omit<MappedColumnInput, 'transform'> & { transform?: PlacedTransform | null };

/**
 * Whether columns can be mapped so: each is one of the file's, or made of them, once, under a name of its own.
 * @returns them with the places of the cells that they are made of
 * @throws AppError `bad-request`
 */
export function possibleColumns(
  columns: MappedColumnInput[],
  file: { width: number; columns: { name: string }[] },
): PlacedColumn[] {
  const indexes = new Set<number>();
  const names = new Set<string>();
  const headers = file.columns.map(({ name }) => name);
  return columns.map((column) => {
    const { index, name, transform } = column;
    const isAdded = transform?.from && index < file.width + mostTableColumns;
    if (index >= file.width && !isAdded)
      throw new AppError(
        'bad-request',
        `The file has ${file.width} columns, so there is no column ${index + 1}: choose among those that it has.`,
      );
    if (indexes.has(index))
      throw new AppError('bad-request', `Column ${index + 1} of the file is used twice: use it once.`);
    const key = name.toLowerCase();
    if (names.has(key))
      throw new AppError('bad-request', `Two columns are named “${name}”. Rename or skip one of them.`);
    indexes.add(index);
    names.add(key);
    return { ...column, transform: transform && placed(name, transform, headers) };
  });
}

function placed(
  name: string,
  transform: NonNullable<MappedColumnInput['transform']>,
  headers: string[],
): PlacedTransform {
  const found = placeTransform(transform, headers);
  if ('placed' in found) return found.placed;
  throw new AppError(
    'bad-request',
    `“${name}” is made of a column “${found.missing}”, and the file has none: choose among those that it has.`,
  );
}
