import { db } from '@/lib/server/platform/db/client';
import { type DatasetTable, tableOfDataset } from './dataset-table';

/**
 * Reads rows of a dataset from where they are. If they were brought from the shared table to their own in the meantime,
 * they are read once more, from there.
 * @throws AppError `not-found` when the dataset is gone
 */
export async function readFromTable<T>(
  datasetId: string,
  read: (table: DatasetTable) => Promise<T>,
): Promise<T> {
  const table = await tableOfDataset(db(), datasetId);
  const found = await read(table);
  if (table.isOwn) return found;
  const now = await tableOfDataset(db(), datasetId);
  return now.isOwn ? read(now) : found;
}
