import { recordEvent } from '@/lib/server/audit/record-event';
import type { Transaction } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { keyOf } from '../key';
import type { ResolvedDataset } from './resolve-dataset';

/**
 * Gives a dataset its key, if one is wanted that it does not have. Only while it has no rows: those that are there would
 * have to be looked through for keys that are empty or twice.
 * @param wanted names of the columns that are to make its key
 * @returns the names of its key columns
 * @throws AppError `conflict` for another key than it has, or one that comes too late; `forbidden`
 */
export async function setKey(
  tx: Transaction,
  dataset: ResolvedDataset,
  wanted: string[] | undefined,
  user: User,
): Promise<string[]> {
  const key = keyOf(dataset.columns).map(({ name }) => name);
  if (!wanted || wanted.length === 0 || sameNames(wanted, key)) return key;
  if (key.length > 0) {
    throw new AppError('conflict', `The key of “${dataset.name}” is ${listed(key)}, and stays so.`);
  }
  if (!dataset.manages) {
    throw new AppError(
      'forbidden',
      `“${dataset.name}” has no key, and only those who manage it choose one. Import without a key, or ask one of them.`,
    );
  }
  const others = await tx.import.count({
    where: { datasetId: dataset.id, status: { notIn: ['FAILED', 'CANCELLED'] } },
  });
  if (others > 0) {
    throw new AppError(
      'conflict',
      `“${dataset.name}” has rows already, and no key. A key is chosen with the first import: download its rows, and import them into a new dataset with that key.`,
    );
  }
  // With those that the import has just added.
  const columns = await tx.column.findMany({ where: { datasetId: dataset.id } });
  for (const [i, name] of wanted.entries()) {
    const column = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
    if (!column)
      throw new AppError('bad-request', `There is no column “${name}” that could be a key column.`);
    await tx.column.update({ where: { id: column.id }, data: { keyPart: i + 1 } });
  }
  const facts = { keyColumns: wanted.length };
  await recordEvent(tx, { kind: 'KEY_CHOSEN', by: user, on: dataset, dataset, facts });
  return wanted;
}

const sameNames = (a: string[], b: string[]) =>
  a.length === b.length && a.every((name, i) => name.toLowerCase() === b[i]?.toLowerCase());

/** Names as a sentence has them. */
export const listed = (names: string[]) => names.map((name) => `“${name}”`).join(' and ');
