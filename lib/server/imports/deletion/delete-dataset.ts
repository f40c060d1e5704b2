import { recordEvent } from '@/lib/server/audit/record-event';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { markDeleted } from './mark-deleted';

/**
 * Deletes a dataset for good, with everybody's imports into it: nobody sees any of it from the moment this commits,
 * and jobs remove rows and files. Imports that run are cancelled.
 * @throws AppError `not-found`; `forbidden` unless the person manages it
 */
export async function deleteDataset(slug: string, user: User): Promise<void> {
  const dataset = await findDataset(slug, user, 'MANAGE');
  await db().$transaction((tx) => closeDataset(tx, dataset, user));
}

/** The same within a transaction that deletes more. */
export async function closeDataset(
  tx: Transaction,
  dataset: { id: string; name: string },
  by: User,
): Promise<void> {
  const { id, name } = dataset;
  // Who starts an import locks this row too: an import is either among those below, or finds no dataset.
  const { count } = await tx.dataset.updateMany({
    where: { id, deletedAt: null },
    // Its address is free at once. Nobody can take this one: no name makes a slug with a hyphen.
    data: { deletedAt: new Date(), slug: `deleted-${id}` },
  });
  if (count === 0) return;
  const imports = await markDeleted(tx, { datasetId: id });
  const on = { id, name };
  await recordEvent(tx, { kind: 'DATASET_DELETED', by, on, dataset: on, facts: { imports } });
}
