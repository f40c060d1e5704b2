import { AppError } from '../platform/errors';

/**
 * Whether columns of a file can be mapped so: each is there, once, under a name of its own.
 * @throws AppError `bad-request`
 */
export function assertPossible(columns: { index: number; name: string }[], width: number): void {
  const indexes = new Set<number>();
  const names = new Set<string>();
  for (const { index, name } of columns) {
    if (index >= width)
      throw new AppError(
        'bad-request',
        `The file has ${width} columns, so there is no column ${index + 1}: choose among those that it has.`,
      );
    if (indexes.has(index))
      throw new AppError('bad-request', `Column ${index + 1} of the file is used twice: use it once.`);
    const key = name.toLowerCase();
    if (names.has(key))
      throw new AppError('bad-request', `Two columns are named “${name}”. Rename or skip one of them.`);
    indexes.add(index);
    names.add(key);
  }
}
