import type { Transaction } from '../platform/db/client';

/** The columns of a dataset's key in their order; none where it has no key. */
export function keyOf<T extends { keyPart: number | null }>(columns: T[]): T[] {
  return columns
    .filter(({ keyPart }) => keyPart !== null)
    .sort((a, b) => (a.keyPart ?? 0) - (b.keyPart ?? 0));
}

/** Whether a dataset with these columns has a key. */
export function isKeyed(columns: { keyPart: number | null }[]): boolean {
  return columns.some(({ keyPart }) => keyPart !== null);
}

/** The names of a dataset's key columns in their order, in the database. */
export async function readKey(tx: Transaction, datasetId: string): Promise<string[]> {
  const columns = await tx.column.findMany({ where: { datasetId }, select: { name: true, keyPart: true } });
  return keyOf(columns).map(({ name }) => name);
}

/** Whether a dataset has a key, in the database. */
export async function hasKey(tx: Transaction, datasetId: string): Promise<boolean> {
  return (await tx.column.count({ where: { datasetId, keyPart: { not: null } } })) > 0;
}
