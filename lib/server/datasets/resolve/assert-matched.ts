import { AppError } from '@/lib/server/platform/errors';
import { rulesOf } from './add-columns';
import { listed } from './set-key';

/**
 * Holds what of a dataset columns of a file go into to what has to be filled: its key, without which rows could not be
 * told apart, or where it has none what is required. With a key the rest of a row stays as it is.
 * @param there the dataset's columns before the import
 * @throws AppError `bad-request`
 */
export function assertMatched(
  there: { name: string; rules: unknown }[],
  key: string[],
  columns: { name: string }[],
): void {
  const matched = new Set(columns.map(({ name }) => name.toLowerCase()));
  if (key.length > 0) assertKeyMatched(key, matched);
  else assertRequiredMatched(there, matched);
}

function assertKeyMatched(key: string[], matched: Set<string>): void {
  const missing = key.filter((name) => !matched.has(name.toLowerCase()));
  if (missing.length === 0) return;
  throw new AppError(
    'bad-request',
    `The key of this dataset is ${listed(key)}: match a column of the file with ${listed(missing)}.`,
  );
}

function assertRequiredMatched(there: { name: string; rules: unknown }[], matched: Set<string>): void {
  const missing = there.find((column) => {
    const rules = rulesOf(column);
    return rules?.required && rules.default === undefined && !matched.has(column.name.toLowerCase());
  });
  if (!missing) return;
  throw new AppError(
    'bad-request',
    `“${missing.name}” is required, and no column of the file goes into it: choose one for it.`,
  );
}
