import { removeChunks } from '@/lib/server/imports/rejections/chunks';
import { updateAsAttempt } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import { prepareSession } from '../stage/sessions';

/** Deleting ten millions of rows takes Postgres half a minute. */
const transaction = { timeout: 60 * 60_000, maxWait: 30_000 };

/**
 * Removes all that was staged and decided of an import whose file is to be read once more. In one transaction that a
 * later attempt ends, so that an earlier one which wakes up cannot remove what the later one has staged.
 * @throws Fenced when another attempt took over
 */
export async function forgetStaged({ id, attempt }: { id: number; attempt: number }): Promise<void> {
  await db().$transaction(async (tx) => {
    await prepareSession(tx, id, attempt);
    const where = { importId: id };
    await tx.row.deleteMany({ where });
    await tx.rejection.deleteMany({ where });
    await tx.effect.deleteMany({ where });
    await tx.reach.deleteMany({ where });
    await tx.rejectionChunk.updateMany({ where, data: { counts: false } });
    await updateAsAttempt(tx, { id, attempt });
  }, transaction);
  await removeChunks(id, 'uncounted');
}
