import { randomUUID } from 'node:crypto';
import { type RowTarget, rowTarget } from '@/lib/server/datasets/rows/row-target';
import type { StoredColumn } from '@/lib/server/datasets/storage/cell-sql';
import { type DatasetTable, datasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { distributeTables } from '@/lib/server/datasets/storage/distribute-tables';
import { db } from '@/lib/server/platform/db/client';
import { isDistributed } from '@/lib/server/platform/db/cluster/cluster';
import { owner } from './people';

export interface MadeDataset {
  id: string;
  table: DatasetTable;
  /** Where an import that fills all of its columns writes. */
  target(importId: number): RowTarget;
}

/**
 * A dataset with such columns, and its table, without any import.
 * @param isKeyed whether the first of them is its key
 */
export async function makeDataset(columns: StoredColumn[], isKeyed = false): Promise<MadeDataset> {
  const { id: ownerId } = await owner();
  const slug = `made_${randomUUID().replaceAll('-', '')}`;
  const nextSlot = Math.max(...columns.map(({ slot }) => slot)) + 1;
  const dataset = await db().dataset.create({ data: { name: slug, slug, ownerId, nextSlot } });
  await db().column.createMany({
    data: columns.map(({ slot, type }, i) => ({
      datasetId: dataset.id,
      slot,
      position: slot,
      name: `column ${slot}`,
      type,
      keyPart: isKeyed && i === 0 ? 1 : null,
    })),
  });
  if (isDistributed()) await distributeTables(dataset.number);
  const table = datasetTable(dataset);
  return { id: dataset.id, table, target: (importId) => rowTarget(importId, table, columns) };
}
