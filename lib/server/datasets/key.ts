import type { Transaction } from '../platform/db/client';

/** The columns of a dataset's key in their order; none where it has no key. */
export function keyOf<T extends { keyPart: number | null }>(columns: T[]): T[] {
  return columns
    .filter(({ keyPart }) => keyPart !== null)
    .sort((a, b) => (a.keyPart ?? 0) - (b.keyPart ?? 0));
}

/** Whether a dataset has a key. */
export async function hasKey(tx: Transaction, datasetId: string): Promise<boolean> {
  return (await tx.column.count({ where: { datasetId, keyPart: { not: null } } })) > 0;
}
