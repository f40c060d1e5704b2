import { setTimeout as sleep } from 'node:timers/promises';
import { eraseUser } from '@/lib/server/audit/erase-user';
import { dropUnusedIndexes } from '@/lib/server/datasets/indexes/drop-unused-indexes';
import { requeueIndexes } from '@/lib/server/datasets/indexes/want-indexes';
import { retryViews } from '@/lib/server/datasets/retry-views';
import { isMoveWanted } from '@/lib/server/datasets/storage/move/remove-shared-rows';
import { requeueCurrentRows } from '@/lib/server/datasets/versions/refresh-current-rows';
import { purgeExpiredAnswers } from '@/lib/server/http/idempotency/purge-expired-answers';
import { purgeExpiredInvitations } from '@/lib/server/identity/invitations/purge-expired-invitations';
import { purgeExpiredTokens } from '@/lib/server/identity/tokens/purge-expired-tokens';
import { failCorrection } from '@/lib/server/imports/corrections/end-correction';
import { abandonUpload } from '@/lib/server/imports/uploads/abandon-upload';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import type { Upload } from '@/lib/server/platform/db/generated/client';
import { tryLockNamed } from '@/lib/server/platform/db/named-lock';
import { messageOf } from '@/lib/server/platform/errors';
import { purgeExpiredCounts } from '@/lib/server/platform/limits/count-request';
import { log } from '@/lib/server/platform/log';
import { enqueue, jobsOf } from '@/lib/server/platform/queue/boss';
import type { JobName } from '@/lib/server/platform/queue/jobs';
import { deleteObject } from '@/lib/server/platform/storage/objects';
import { listParts } from '@/lib/server/platform/storage/upload';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { failImport } from '../jobs/fail-import';
import { finishDeletions, removable } from '../jobs/remove-import';
import { endForgottenReviews } from './end-forgotten-reviews';
import { expireFilesAndRejections } from './expire-files-and-rejections';
import { expireRows } from './expire-rows';

const everyMilliseconds = 5 * 60_000;
const abandonedMilliseconds = 24 * 3600_000;
/** Uploads looked at in one sweep, each with a question to the store. */
const uploadsAtATime = 200;
/** A job that failed for good this often takes its worker down with it: the file is at fault, or Sluice. */
const fatalJobs = 2;

/**
 * Sweeps now and every five minutes, until the signal. A timer in every worker and not a schedule of the queue: what
 * is mended here is what the queue has lost, and a worker that starts, perhaps the first after a long night, need
 * not wait for an appointed hour.
 */
export async function keepSweeping(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sweep().catch((error: unknown) => log().warn({ err: messageOf(error) }, 'the sweep failed'));
    await sleep(everyMilliseconds, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Finds imports that nothing will move any more, and moves them. One worker at a time; the others skip it. */
export async function sweep(now = new Date()): Promise<void> {
  await db().$transaction(
    async (tx) => {
      // This transaction only holds the lock while others do the work, a question to the store for each old upload.
      await tx.$executeRaw`select set_config('idle_in_transaction_session_timeout', '10min', true)`;
      if (!(await tryLockNamed(tx, 'sweep'))) return;
      const steps = {
        requeueOrphans,
        failAbandonedUploads,
        purgeLeftovers,
        removeLateFiles,
        endForgottenReviews,
        expireFilesAndRejections: () => expireFilesAndRejections(now),
        expireRows: () => expireRows(now),
        removeDeleted,
        moveOldRows,
        purgeExpiredCounts,
        purgeExpiredAnswers,
        purgeExpiredTokens,
        retryViews,
        dropUnusedIndexes,
        requeueIndexes,
        requeueCurrentRows,
        purgeExpiredInvitations,
      };
      // One file that the store does not let go must not keep everything else from its time.
      for (const [name, step] of Object.entries(steps)) {
        await step(now).catch((error: unknown) =>
          log().warn({ err: messageOf(error), step: name }, 'a part of the sweep failed'),
        );
      }
    },
    { timeout: 10 * 60_000 },
  );
}

/** Imports and files of corrected rows that wait for a job which is not there: the queue lost it, or gave it up when its worker died with it. */
async function requeueOrphans(): Promise<void> {
  const moving = await db().import.findMany({
    where: { status: { in: ['INSPECTING', 'QUEUED', 'STAGING', 'PUBLISHING'] } },
    select: { id: true, status: true, userId: true },
    orderBy: { id: 'asc' },
  });
  for (const { id, status, userId } of moving) {
    const name: JobName = status === 'INSPECTING' ? 'inspect' : 'stage';
    const { live, failed } = await jobsOf(name, { importId: id });
    if (live) continue;
    if (failed >= fatalJobs) {
      const message = 'The worker stopped again and again while it read this file.';
      log().error({ importId: id, status }, message);
      await failImport(id, new ImportFailure('INTERNAL', message));
    } else {
      log().warn({ importId: id, status }, 'an import without a job is queued again');
      await db().$transaction((tx) => enqueue(tx, name, { importId: id }, userId));
    }
  }
  const corrections = await db().correctionFile.findMany({
    where: { status: 'INSPECTING' },
    select: { id: true, userId: true },
    orderBy: { id: 'asc' },
  });
  for (const { id, userId } of corrections) {
    const payload = { correctionFileId: id };
    const { live, failed } = await jobsOf('receive', payload);
    if (live) continue;
    if (failed >= fatalJobs) {
      const message = 'The worker stopped again and again while it read this file.';
      log().error(payload, message);
      await failCorrection(id, new ImportFailure('INTERNAL', message));
    } else {
      log().warn(payload, 'a file of corrected rows without a job is queued again');
      await db().$transaction((tx) => enqueue(tx, 'receive', payload, userId ?? undefined));
    }
  }
}

/** Uploads that were begun more than a day ago and got no part for a day. */
async function failAbandonedUploads(now: Date): Promise<void> {
  const before = new Date(now.getTime() - abandonedMilliseconds);
  const wanted = {
    where: { status: 'UPLOADING', createdAt: { lt: before } },
    orderBy: { id: 'asc' },
    take: uploadsAtATime,
    include: { upload: true },
  } as const;
  const abandoned = new ImportFailure('UPLOAD_ABANDONED', 'The upload was not completed within a day.');
  for (const { id, upload } of await db().import.findMany(wanted)) {
    if (await hasPartSince(upload, before)) continue;
    await failImport(id, abandoned);
    await abandonUpload(upload);
    await deleteObject(upload.objectKey);
  }
  for (const { id, upload } of await db().correctionFile.findMany(wanted)) {
    if (!(await hasPartSince(upload, before))) await failCorrection(id, abandoned);
  }
}

async function hasPartSince({ objectKey, uploadId }: Upload, since: Date): Promise<boolean> {
  if (!uploadId) return false;
  const parts = await listParts(objectKey, uploadId).catch(() => []);
  return parts.some(({ storedAt }) => storedAt !== undefined && storedAt > since);
}

/**
 * Files that came to the store after their import was cancelled or given up: an address that was signed before is
 * good for a quarter of an hour. Looked at by two sweeps or three, once no address can be good any more.
 */
async function removeLateFiles(now: Date): Promise<void> {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const ended = {
    where: {
      OR: [{ status: 'CANCELLED' }, { status: 'FAILED', failureReason: 'UPLOAD_ABANDONED' }],
      finishedAt: { gt: ago(31), lt: ago(16) },
    },
    select: { objectKey: true },
  } satisfies Prisma.ImportFindManyArgs & Prisma.CorrectionFileFindManyArgs;
  const files = [...(await db().import.findMany(ended)), ...(await db().correctionFile.findMany(ended))];
  for (const file of files) {
    await abandonUpload(file);
    await deleteObject(file.objectKey);
  }
}

/** Rows of imports that were not published, or were undone long ago, and whose purge came to nothing. */
async function purgeLeftovers(): Promise<void> {
  const imports = await db().import.findMany({
    where: {
      hasRows: true,
      deletedAt: null,
      OR: [{ status: { in: ['FAILED', 'CANCELLED'] } }, { rowsDeletedAt: { not: null } }],
    },
    select: { id: true },
  });
  for (const { id } of imports) {
    if ((await jobsOf('purge', { importId: id })).live) continue;
    log().warn({ importId: id }, 'rows that nobody will see any more are still there');
    await db().$transaction((tx) => enqueue(tx, 'purge', { importId: id }));
  }
}

/** Rows of datasets that do not have a table of their own yet, and what is left of those that were moved there. */
async function moveOldRows(now: Date): Promise<void> {
  if (!(await isMoveWanted(now)) || (await jobsOf('move', {})).live) return;
  await db().$transaction((tx) => enqueue(tx, 'move', {}));
}

/** What was deleted and is still there: its job was lost, or had to wait until no signed address is good any more. */
async function removeDeleted(now: Date): Promise<void> {
  const left = await db().import.findMany({
    where: removable(now),
    select: { id: true },
    orderBy: { id: 'asc' },
    take: uploadsAtATime,
  });
  for (const { id } of left) {
    if (!(await jobsOf('purge', { importId: id })).live)
      await db().$transaction((tx) => enqueue(tx, 'purge', { importId: id }));
  }
  const people = await db().user.findMany({ where: { purgedAt: { not: null } }, select: { id: true } });
  for (const { id } of people) await eraseUser(id);
  await finishDeletions(now);
}
