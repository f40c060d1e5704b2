import { deleteStaged } from '@/lib/server/datasets/rows/delete-rows';
import { tableOfImport } from '@/lib/server/datasets/storage/dataset-table';
import { removeChunks } from '@/lib/server/imports/rejections/chunks';
import { updateAsAttempt } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import { prepareSession } from '../stage/sessions';

/** Deleting ten millions of rows takes Postgres half a minute. */
const transaction = { timeout: 60 * 60_000, maxWait: 30_000 };

/**
 * Removes everything staged and decided for an import whose file will be read again. It is one transaction, which a
 * later attempt ends, so that an earlier attempt that wakes up cannot remove the later one's rows.
 * @throws Fenced when another attempt took over
 */
export async function forgetStaged({ id, attempt }: { id: number; attempt: number }): Promise<void> {
  await db().$transaction(async (tx) => {
    await prepareSession(tx, id, attempt);
    const where = { importId: id };
    const table = await tableOfImport(tx, id);
    if (table) await deleteStaged(tx, { number: table.number, importId: id });
    await tx.rejection.deleteMany({ where });
    await tx.rowChangeCount.deleteMany({ where });
    await tx.rejectionChunk.updateMany({ where, data: { counts: false } });
    await updateAsAttempt(tx, { id, attempt });
  }, transaction);
  await removeChunks(id, 'uncounted');
}
