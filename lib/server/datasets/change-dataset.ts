import type { Transaction } from '../platform/db/client';
import type { ChangeKind } from '../platform/db/generated/enums';
import { wantCurrentRows } from './versions/refresh-current-rows';

/**
 * Takes a dataset for the rest of a transaction that changes what its readers see, so that such changes come one
 * after the other.
 * @returns where it stands
 */
export async function lockDataset(tx: Transaction, id: string): Promise<{ revision: number; rows: number }> {
  const [found] = await tx.$queryRaw<{ revision: number; rows: number }[]>`
    select "revision", "rows" from "Dataset" where "id" = ${id}::uuid for update`;
  if (!found) throw new Error('The dataset is gone.');
  return found;
}

/**
 * Takes imports for the rest of a transaction that decides on them by their status, after their dataset and in the order
 * of their ids: whoever locks several does it so, and none waits for the other in a circle.
 */
export async function lockImports(tx: Transaction, ids: number[]): Promise<void> {
  await tx.$queryRaw`select 1 from "Import" where "id" = any(${ids}) order by "id" for update`;
}

/** Writes down what changed: the dataset has a new revision, whose number the caller has taken from {@link lockDataset}. */
export async function recordChange(
  tx: Transaction,
  change: {
    datasetId: string;
    revision: number;
    /** How many rows readers see from now on. */
    rows: number;
    kind: ChangeKind;
    importIds: number[];
    userId: string;
  },
): Promise<void> {
  const { datasetId, revision, rows, kind, importIds, userId } = change;
  await tx.dataset.update({ where: { id: datasetId }, data: { revision, rows } });
  await tx.datasetChange.createMany({
    data: importIds.map((importId) => ({ datasetId, revision, importId, kind, userId })),
  });
  await wantCurrentRows(tx, datasetId);
}
