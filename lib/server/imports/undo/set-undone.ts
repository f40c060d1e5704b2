import { recordEvent } from '@/lib/server/audit/record-event';
import { lockDataset, lockImports, recordChange } from '@/lib/server/datasets/change-dataset';
import { hasKey } from '@/lib/server/datasets/key';
import { tableOfDataset } from '@/lib/server/datasets/storage/dataset-table';
import { countRows } from '@/lib/server/datasets/versions/count-rows';
import { currentSnapshot } from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { transition } from '../transition';
import type { FoundImport } from '../view';
import type { UndoPlan } from './plan-undo';

/**
 * Turns the status of imports of one dataset, in one short transaction.
 * @param seen the revision of the dataset at which the caller looked, and where its rows were
 * @returns false when either changed since
 */
export function setUndone(
  { datasetId, dataset }: FoundImport,
  ids: number[],
  to: 'COMPLETED' | 'UNDONE',
  seen: Pick<UndoPlan, 'revision' | 'table'>,
  user: User,
): Promise<boolean> {
  return db().$transaction(
    async (tx) => {
      if (!datasetId) return true;
      const now = await lockDataset(tx, datasetId);
      const table = await tableOfDataset(tx, datasetId);
      if (now.revision !== seen.revision || table.isOwn !== seen.table.isOwn) return false;
      const from = to === 'UNDONE' ? 'COMPLETED' : 'UNDONE';
      // Only once they are locked: a deletion at the same moment has either happened by now, or finds them turned.
      await lockImports(tx, ids);
      const turning = await tx.import.findMany({
        where: { id: { in: ids }, status: from, deletedAt: null, rowsDeletedAt: null },
        select: { id: true, publicId: true },
      });
      if (turning.length === 0) return true;
      const undoneAt = to === 'UNDONE' ? new Date() : null;
      const importIds = turning.map(({ id }) => id);
      await transition(tx, { id: { in: importIds } }, to, { undoneAt });
      const keyed = await hasKey(tx, datasetId);
      await recordChange(tx, {
        datasetId,
        revision: seen.revision + 1,
        rows: await countRows(tx, table, await currentSnapshot(datasetId, tx), keyed),
        kind: to === 'UNDONE' ? 'UNDONE' : 'REDONE',
        importIds,
        userId: user.id,
      });
      const kind = to === 'UNDONE' ? 'IMPORT_UNDONE' : 'IMPORT_REDONE';
      for (const { publicId } of turning) {
        await recordEvent(tx, { kind, by: user, on: { id: publicId }, dataset });
      }
      return true;
    },
    { timeout: 60_000 },
  );
}
