import type { ImportView } from '@/lib/shared/schema/import/import';
import type { Amendment } from '@/lib/shared/schema/review/amendment';
import type { PublicationInput } from '@/lib/shared/schema/review/publication';
import { storedReplacement } from '@/lib/shared/schema/review/stored-replacement';
import { recordEvent } from '../audit/record-event';
import { rowFacts } from '../audit/record-outcome';
import { datasetsWith } from '../datasets/rights';
import { db } from '../platform/db/client';
import { AppError } from '../platform/errors';
import { enqueue } from '../platform/queue/boss';
import type { User } from '../platform/user';
import { currentView, findOwnImport } from './find-import';
import { isOutdated } from './outcomes/is-outdated';
import { endWaiting } from './review/end-waiting';
import { transition } from './transition';
import type { FoundImport } from './view';

type Counts = Pick<FoundImport, 'status' | 'rowsRead' | 'rowsRejected' | 'replaces'>;

/**
 * Publishes an import that is waiting for review: a job publishes what is staged, without reading the file again. Said twice (or fifty
 * times at once), it is done once and all answer the same.
 * @throws AppError `conflict` when it does not wait there, or another import changed its dataset since, `forbidden` when its dataset may not be changed any more
 */
export async function publishImport(
  id: string,
  user: User,
  { removes }: PublicationInput = {},
): Promise<ImportView> {
  const record = await findOwnImport(id, user);
  if (record.status === 'PUBLISHING' || record.status === 'COMPLETED') return currentView(record);
  if (record.datasetId) {
    const where = { id: record.datasetId, ...datasetsWith('IMPORT', user) };
    if ((await db().dataset.count({ where })) === 0)
      throw new AppError('forbidden', 'You may not change this dataset any more.');
  }
  assertRowsToPublish(record);
  if (await isOutdated(record)) {
    throw new AppError(
      'conflict',
      'Another import changed the dataset since this one was reviewed, or rows of it were corrected. Update the review first.',
    );
  }
  assertNumbers(record, removes);
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from "Import" where "id" = ${record.id} for update`;
    const locked = await tx.import.findUniqueOrThrow({ where: { id: record.id } });
    // Another look at it may have ended since it was read: what was agreed to is what is published.
    assertRowsToPublish(locked);
    assertNumbers(locked, removes);
    const rows = await tx.rejectionEdit.count({ where: { importId: record.id, valid: true } });
    const edits: Amendment = {
      at: new Date().toISOString(),
      by: user.name,
      what: { kind: 'EDITS', rows },
    };
    const count = await transition(tx, { id: record.id, status: 'REVIEW' }, 'PUBLISHING', {
      task: 'PUBLISH',
    });
    if (count === 0) return;
    await endWaiting(tx, record.id, (before) => (rows > 0 ? [...before, edits] : before));
    const { publicId, dataset } = record;
    const facts = rowFacts(locked);
    await recordEvent(tx, { kind: 'IMPORT_APPROVED', by: user, on: { id: publicId }, dataset, facts });
    await enqueue(tx, 'stage', { importId: record.id }, record.userId);
  });
  const now = await currentView(record);
  if (now.status !== 'PUBLISHING' && now.status !== 'COMPLETED') {
    throw new AppError('conflict', 'This import is not waiting for review, so there is nothing to publish.');
  }
  return now;
}

/** @throws AppError `conflict` when there is nothing to publish */
function assertRowsToPublish({ status, rowsRead, rowsRejected }: Counts): void {
  if (status !== 'REVIEW' || rowsRead === 0 || rowsRejected < rowsRead) return;
  throw new AppError(
    'conflict',
    'All rows of this import are rejected, so there is nothing to publish. Correct rows of it, or cancel it.',
  );
}

/** @throws AppError `conflict` when the person agreed to another number of rows than would go */
function assertNumbers({ status, replaces }: Counts, removes: number | undefined): void {
  if (status !== 'REVIEW' || removes === undefined) return;
  const removed = replaces === null ? 0 : storedReplacement.parse(replaces).removed;
  if (removed === removes) return;
  throw new AppError(
    'conflict',
    `Publishing this import removes ${removed === 1 ? '1 row' : `${removed} rows`} of the dataset, and not ${removes}. Look at the numbers again.`,
  );
}
