import { recordEvent } from '@/lib/server/audit/record-event';
import { datasetsWith } from '@/lib/server/datasets/rights';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { findImport } from '../find-import';
import { markDeleted } from './mark-deleted';

/**
 * Deletes an import for good: receipt, rows, rejections and file. One that runs is cancelled by it. One whose rows
 * are in use has to be undone first, which can be taken back; this cannot.
 * @throws AppError `not-found`, `conflict` for one that completed, `forbidden` when its dataset may not be changed
 */
export async function deleteImport(id: string, user: User): Promise<void> {
  const record = await findImport(id, user);
  if (record.datasetId && record.status === 'UNDONE') {
    const where = { id: record.datasetId, ...datasetsWith('IMPORT', user) };
    if ((await db().dataset.count({ where })) === 0)
      throw new AppError('forbidden', 'You may not change this dataset any more.');
  }
  await db().$transaction(async (tx) => {
    const count = await markDeleted(tx, { id: record.id, status: { not: 'COMPLETED' } });
    if (count === 0) {
      throw new AppError(
        'conflict',
        'The rows of this import are in its dataset. Undo it first, and delete it then.',
      );
    }
    const { publicId, dataset } = record;
    await recordEvent(tx, { kind: 'IMPORT_DELETED', by: user, on: { id: publicId }, dataset });
  });
}
