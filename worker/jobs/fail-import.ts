import { db } from '@/lib/db/client';
import { Fenced } from '@/lib/errors';
import { ImportFailure } from '@/lib/imports/failure';
import { statusesBefore } from '@/lib/imports/status';
import { log } from '@/lib/log';
import { enqueue } from '@/lib/queue/boss';

/**
 * The three fates: a bad file ends the import FAILED and is not retried; a fenced attempt just stops; all else
 * is an outage, which is thrown so that the queue retries, or ends the import once the retries are used up.
 * (The third fate's sibling, a bad row, never comes here: it is stored as a rejection.)
 */
export async function settle(importId: number, error: unknown, lastTry: boolean): Promise<void> {
  if (error instanceof Fenced) {
    log().info({ importId }, error.message);
    return;
  }
  if (error instanceof ImportFailure) {
    log().info({ importId, reason: error.reason }, error.message);
    await failImport(importId, error);
    return;
  }
  log().error({ importId, err: error, lastTry }, 'a job failed');
  if (lastTry) {
    const reason = isOutage(error) ? 'OUTAGE' : 'INTERNAL';
    await failImport(
      importId,
      new ImportFailure(
        reason,
        reason === 'OUTAGE'
          ? 'The database or the file store could not be reached for too long.'
          : 'The import stopped because of a fault in Sluice.',
      ),
    );
  }
  throw error;
}

/** Ends an import FAILED and has its staged rows purged. The file stays, so that it can be looked at. */
export async function failImport(importId: number, failure: ImportFailure): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.import.updateMany({
      where: { id: importId, status: { in: statusesBefore('FAILED') } },
      data: {
        status: 'FAILED',
        failureReason: failure.reason,
        failureMessage: failure.message,
        finishedAt: new Date(),
      },
    });
    if (count === 1) await enqueue(tx, 'purge', { importId });
  });
}

/** Programming errors are told apart from outages by their kind: they are no use retrying. */
function isOutage(error: unknown): boolean {
  return !(error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError);
}
