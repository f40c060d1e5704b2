import { moveDataset } from '@/lib/server/datasets/storage/move/move-dataset';
import { removeSharedRows } from '@/lib/server/datasets/storage/move/remove-shared-rows';
import { db } from '@/lib/server/platform/db/client';
import { log } from '@/lib/server/platform/log';

/**
 * Brings the rows of an installation of before from the shared tables to those of their datasets: small datasets first, so
 * that most are done soon. One that cannot be moved keeps no other from it. At last the shared tables are emptied.
 * @throws Error what kept a dataset where it was, so that the queue tries again
 */
export async function moveRows(signal: AbortSignal): Promise<void> {
  const datasets = await db().dataset.findMany({
    where: { rowStorage: 'SHARED', deletedAt: null },
    orderBy: [{ rows: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  let failed: unknown;
  for (const { id } of datasets) {
    try {
      if (!(await moveDataset(id, signal))) return;
    } catch (error) {
      log().error(
        { dataset: id, err: error },
        'the rows of a dataset could not be moved: they are read where they were',
      );
      failed = error;
    }
  }
  await removeSharedRows();
  if (failed) throw failed;
}
