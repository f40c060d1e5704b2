import { setTimeout as sleep } from 'node:timers/promises';
import { recordOutcome } from '@/lib/server/audit/record-outcome';
import { failCorrection } from '@/lib/server/imports/corrections/end-correction';
import { transition, unfinished } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import { failedStatement } from '@/lib/server/platform/db/failed-statement';
import { Fenced } from '@/lib/server/platform/errors';
import { fullDiskMessage } from '@/lib/server/platform/full-disk';
import { log } from '@/lib/server/platform/log';
import { isDatabaseNewer } from '@/lib/server/platform/migrations/own-migrations';
import { isOutage } from '@/lib/server/platform/outage';
import { enqueue } from '@/lib/server/platform/queue/boss';
import type { JobPayload } from '@/lib/server/platform/queue/jobs';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { TableBusy } from '../stage/prepare-table';
import { failCheck } from './check';

/**
 * The fates of an error: a bad file ends the import FAILED and is not retried; a fenced attempt just stops; an outage
 * is thrown so that the queue retries, and ends the import once the retries are used up; so is what a worker fails at that
 * is older than the database; all else is a fault of Sluice, which no retry cures: it ends the import at once.
 * (A bad row never comes here: it is stored as a rejection.)
 */
export function handleJobError(importId: number, error: unknown, lastTry: boolean): Promise<void> {
  return handleError({ importId }, (failure) => failImport(importId, failure), error, lastTry);
}

/** The same of a file of corrected rows: its import stays as it is. */
export function handleCorrectionError(
  correctionFileId: number,
  error: unknown,
  lastTry: boolean,
): Promise<void> {
  return handleError(
    { correctionFileId },
    (failure) => failCorrection(correctionFileId, failure),
    error,
    lastTry,
  );
}

type Subject = { importId: number; version?: number } | { correctionFileId: number };

/** What stopped by a fault of Sluice. */
const faultOf = (subject: Subject) =>
  new ImportFailure(
    'INTERNAL',
    `The ${'version' in subject ? 'check' : 'import'} stopped because of a fault in Sluice.`,
  );

/** The same of a check: its import stays as it is. */
export function handleCheckError(
  check: JobPayload<'check'>,
  error: unknown,
  lastTry: boolean,
): Promise<void> {
  // One that is not wanted any more, as when its file was deleted meanwhile, needs no other try.
  const fail = async (failure: ImportFailure) => {
    await failCheck(check, failure);
    return true;
  };
  return handleError(check, fail, error, lastTry);
}

async function handleError(
  subject: Subject,
  fail: (failure: ImportFailure) => Promise<boolean>,
  error: unknown,
  lastTry: boolean,
): Promise<void> {
  if (error instanceof Fenced) {
    log().info(subject, error.message);
    return;
  }
  if (error instanceof ImportFailure) {
    // The message is for the person: it may quote the file.
    log().info({ ...subject, reason: error.reason }, 'the file cannot be imported');
    await fail(error);
    return;
  }
  const mayPass = isOutage(error) || isDiskError(error);
  if (!mayPass && !(await isWorkerOutdated())) {
    log().error(
      { ...subject, err: error, statement: failedStatement() },
      'a job failed by a fault of Sluice',
    );
    // Other work, such as removing what is left of an import, may succeed with the next version.
    if (!(await fail(faultOf(subject)))) throw error;
    return;
  }
  const fullDisk = await fullDiskMessage(error);
  log().error(
    { ...subject, err: error, lastTry },
    fullDisk === null ? 'a job failed' : 'a job failed: the disk is full',
  );
  await databaseAnswers();
  if (lastTry) await fail(mayPass ? lastingFailure(error, fullDisk !== null) : workerOutdated());
  throw error;
}

const workerOutdated = () =>
  new ImportFailure(
    'INTERNAL',
    'The worker is of an earlier version than the database. Ask your administrator to start the newer one.',
  );

/** Whether this worker is of a version before the database's: what fails for it may succeed with the next worker. */
async function isWorkerOutdated(): Promise<boolean> {
  return isDatabaseNewer().catch(() => false);
}

/**
 * Waits for a database that is just being restarted, for up to 20 s: a job that failed while the queue cannot note
 * it would be taken up only when its heart is found to have stopped, 30 s later.
 */
async function databaseAnswers(): Promise<void> {
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(250)) {
    const answered = await db().$queryRaw`select 1`.then(() => true).catch(() => false);
    if (answered) return;
  }
}

/**
 * Ends an import FAILED and has its staged rows purged. The file stays, so that it can be looked at.
 * @returns false for one that has ended already
 */
export function failImport(importId: number, failure: ImportFailure): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const count = await transition(tx, { id: importId, status: { in: unfinished } }, 'FAILED', {
      failureReason: failure.reason,
      failureMessage: failure.message,
      finishedAt: new Date(),
    });
    if (count === 0) return false;
    await enqueue(tx, 'purge', { importId });
    await recordOutcome(tx, importId);
    return true;
  });
}

function lastingFailure(error: unknown, isDiskFull = false): ImportFailure {
  if (isDiskFull) {
    return new ImportFailure(
      'OUTAGE',
      'The disk of the database or of the file store was full for too long.',
    );
  }
  if (isDiskError(error)) {
    return new ImportFailure(
      'OUTAGE',
      `The worker could not write to its temporary folder (${error.code}), which it needs for workbooks with much text: up to 2 GB.`,
    );
  }
  if (error instanceof TableBusy) return new ImportFailure('OUTAGE', error.message);
  return new ImportFailure('OUTAGE', 'The database or the file store could not be reached for too long.');
}

/**
 * Whether to give up after this try. A full or closed disk is tried three times only, since another worker may have
 * room: the disk rarely empties itself, and the person would wait ten minutes to be told.
 */
export function isLastTry(error: unknown, triedBefore: number, limit: number): boolean {
  return triedBefore >= (isDiskError(error) ? Math.min(2, limit) : limit);
}

const diskCodes = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR'];

function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return false;
  return (
    ['mkdtemp', 'open', 'write', 'read'].includes(String(error.syscall)) &&
    diskCodes.includes(String(error.code))
  );
}
