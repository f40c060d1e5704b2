import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import { type Figures, recordProgress } from '@/lib/server/imports/progress/record';
import { validationOf } from '@/lib/server/imports/review/judge-of';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { Fenced } from '@/lib/server/platform/errors';
import { unpackedQuota } from '@/lib/server/platform/limits/upload-quota';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { objectSource } from '@/lib/server/platform/storage/object-source';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { ImportFailure } from '@/lib/shared/schema/failure';
import { isRejectionsFile } from '@/lib/shared/schema/own-columns';
import type { AttemptNote } from '@/lib/shared/schema/receipt';
import {
  type StoredLayout,
  storedAttempts,
  storedCheckpoint,
  storedInspection,
  storedLayout,
} from '@/lib/shared/schema/stored-import';
import { storedTask } from '@/lib/shared/schema/stored-review';
import { version } from '@/lib/shared/version';
import { publish } from '../publish/publish';
import { rejectDuplicates } from '../publish/reject-duplicates';
import { readRows } from '../read/read';
import { digesting } from '../read/source/digest';
import { type ByteSource, isReadOutOfOrder } from '../read/source/types';
import { checkAgain } from '../review/check-again';
import { correctAgain } from '../review/correct-again';
import { forgetStaged } from '../review/forget-staged';
import { takeCorrection } from '../review/take-correction';
import { configuredWriter } from '../stage/configured-writer';
import { encodeBatches } from '../stage/encode-batches';
import { canUseFastPath } from '../stage/fast-csv/can-use-fast-path';
import { encodeFastCsv } from '../stage/fast-csv/encode-fast-csv';
import { markFor } from '../stage/marking';
import type { EncodePlan } from '../stage/plan';
import { checkpointAt, whyNotMoved } from '../stage/segment';
import { endEarlierSessions } from '../stage/sessions';
import { type StageRun, stageRows } from '../stage/stage-rows';
import { verifyBytes, verifyBytesSoFar } from '../stage/verify-bytes';
import { withEnd } from '../stage/with-end';

/**
 * Brings one import from QUEUED (or from where an earlier attempt left it) to COMPLETED, or to REVIEW: claim it,
 * read, check, write in segments, verify the bytes, count, publish.
 * @param shutdown aborted when the worker shuts down: the segment is finished and the job handed back
 */
export async function stageImport(importId: number, shutdown: AbortSignal): Promise<void> {
  const it = await claim(importId);
  if (!it) return;
  try {
    await endEarlierSessions(importId, it.attempt);
    if (it.status === 'STAGING' && !(await stageOrCorrect(it, shutdown))) {
      // Handed back: another worker goes on at the checkpoint.
      await db().$transaction((tx) => enqueue(tx, 'stage', { importId }, it.userId));
      return;
    }
    await rejectDuplicates(it);
    await publish({ importId, attempt: it.attempt });
  } catch (error) {
    // A later attempt ends this one's connections, which looks like an outage. A retry would end the later one's.
    throw (await isOvertaken(it)) ? new Fenced('The import was cancelled or taken over.') : error;
  }
}

/** True when the import is another attempt's by now, or has ended. */
async function isOvertaken({ id, attempt }: Import): Promise<boolean> {
  const mine = { id, attempt, status: { in: ['STAGING', 'PUBLISHING'] } } satisfies Prisma.ImportWhereInput;
  return db()
    .import.count({ where: mine })
    .then(
      (count) => count === 0,
      () => false,
    );
}

/** Takes the import for a new attempt, which fences off whatever runs from earlier ones. */
async function claim(importId: number): Promise<Import | null> {
  const claimable = {
    id: importId,
    status: { in: ['QUEUED', 'STAGING', 'PUBLISHING'] },
  } satisfies Prisma.ImportWhereInput;
  if ((await db().import.count({ where: claimable })) === 0) return null;
  await endEarlierSessions(importId, null);
  return db().$transaction(async (tx) => {
    // Whoever holds the import for longer than a commit takes stands still: the retry ends that one first.
    await tx.$executeRaw`select set_config('lock_timeout', '4s', true)`;
    const { count } = await tx.import.updateMany({ where: claimable, data: { attempt: { increment: 1 } } });
    if (count === 0) return null;
    const found = await tx.import.findUniqueOrThrow({ where: { id: importId } });
    const attemptNotes = jsonValue(withAttempt(found));
    return tx.import.update({
      where: { id: importId },
      data:
        found.status === 'PUBLISHING'
          ? { attemptNotes }
          : {
              status: 'STAGING',
              startedAt: found.startedAt ?? new Date(),
              attemptNotes,
              ...committedFigures(found),
            },
    });
  });
}

/** Attempts that a receipt tells of: the first, and the last ones of an import that met a long outage. */
const mostAttempts = 50;

/** What is kept of the attempts of an import, with the one that begins now. */
function withAttempt(it: Import): AttemptNote[] {
  const before = storedAttempts.parse(it.attemptNotes ?? []);
  const at = it.checkpoint === null ? null : storedCheckpoint.parse(it.checkpoint);
  const now = {
    number: it.attempt,
    at: new Date().toISOString(),
    version,
    afterRow: at?.row ?? null,
    rows: at?.rowsRead ?? 0,
    afterReview: it.reviewedAt !== null && it.reviewedAt > new Date(before.at(-1)?.at ?? 0),
  };
  return [...before.slice(0, 1), ...before.slice(1).slice(2 - mostAttempts), now];
}

/** The figures at the checkpoint: what an earlier attempt read beyond it was rolled back. */
function committedFigures(it: Import) {
  const at = it.checkpoint === null ? null : storedCheckpoint.parse(it.checkpoint);
  return {
    rowsRead: at?.rowsRead ?? 0,
    rowsStored: at?.rowsStored ?? 0,
    rowsRejected: at?.rowsRejected ?? 0,
    rowsLeftOut: at?.rowsLeftOut ?? 0,
    bytesRead: BigInt(at?.bytesRead ?? 0),
  };
}

/** Reads the file, or does what was asked for in the review of an import whose file is read. @returns as {@link stage} */
async function stageOrCorrect(it: Import, shutdown: AbortSignal): Promise<boolean> {
  const task = it.task === null ? null : storedTask.parse(it.task);
  if (task === null) {
    if (it.reviewedAt !== null && it.checkpoint === null) await forgetStaged(it);
    if (!(await stage(it, shutdown))) return false;
    return it.reviewedAt === null || correctAgain(it, planOf(it), shutdown);
  }
  return task.kind === 'CORRECTION'
    ? takeCorrection(it, planOf(it), task, shutdown)
    : checkAgain(it, planOf(it), shutdown);
}

/** What is to become of the rows of an import's file. */
function planOf(it: Import, { leftOut = [] }: StoredLayout = storedLayout.parse(it.layout)): EncodePlan {
  const judge = validationOf(it);
  const columnNames = new Map(judge.mapping.map(({ index, name }) => [index, name]));
  return { importId: it.id, ...judge, columnNames, leftOut: new LeftOutSet(leftOut) };
}

/**
 * How much an import may write for the bytes of its file. Real ones write 1 to 5 times as much, packed ones 100 times; but
 * every cell of a workbook can name one text of a megabyte, and every column have a default.
 */
const stagedRatio = 2_000;
const stagedFromAnyFile = 1024 ** 3;

/** Reads, checks and writes. @returns false when it stopped at a checkpoint because the worker shuts down */
async function stage(it: Import, shutdown: AbortSignal): Promise<boolean> {
  const stop = new AbortController();
  const at = it.checkpoint === null ? null : storedCheckpoint.parse(it.checkpoint);
  const object = { key: it.objectKey, etag: it.etag ?? '', size: Number(it.fileSize), name: it.fileName };
  const stored = { ...objectSource(object, stop.signal), mostUnpacked: await unpackedQuota(it) };
  const layout = await withEnd(it, stored);
  const digested = digesting(stored, it.partSize);

  const figures = {
    rowsRead: it.rowsRead,
    rowsStored: it.rowsStored,
    rowsRejected: it.rowsRejected,
    rowsLeftOut: it.rowsLeftOut,
    bytesRead: Number(it.bytesRead),
  };
  let stopMarking = () => {};
  const stopRecording = recordProgress(it.id, it.attempt, figures, (error) => stop.abort(error));
  try {
    const plan = planOf(it, layout);
    const run: StageRun = {
      importId: it.id,
      attempt: it.attempt,
      writer: configuredWriter(),
      figures,
      signal: stop.signal,
      draining: () => shutdown.aborted,
      mostStaged: Math.max(stagedFromAnyFile, stagedRatio * Number(it.fileSize)),
    };
    const source = isReadOutOfOrder(layout) ? await afterDigesting(digested.source, stored) : digested.source;
    // Bytes pay off where COPY takes them as they are; createMany would make strings of them again.
    const plain =
      run.writer === copyWriter &&
      layout.format === 'csv' &&
      canUseFastPath(layout, plan.mapping) &&
      !isRejectionsFile(storedInspection.parse(it.inspection).columns);
    stopMarking = markFor(plain ? 'bytes' : 'objects');
    const rows = plain
      ? encodeFastCsv(source, layout, plan, at)
      : encodeBatches(readRows(source, layout, at), plan);
    if (!(await stageRows(run, rows))) return false;
    await verifyBytes(it, digested.digest);
  } catch (error) {
    if (error instanceof ImportFailure) await verifyBytesSoFar(it, digested.digest);
    throw error;
  } finally {
    stopMarking();
    await stopRecording();
  }
  await becomeStaged(it, figures, digested.digest.sha256());
  return true;
}

/** A workbook, or a file in a zip, is read here and there, so its bytes are digested in a pass of their own (0.1 s for 32 MB). */
async function afterDigesting(digested: ByteSource, plain: ByteSource): Promise<ByteSource> {
  for await (const _chunk of digested.stream());
  return plain;
}

/** All rows are there. What is to be reviewed can still be cancelled while it is decided on. */
async function becomeStaged(it: Import, figures: Figures, sha256: string): Promise<void> {
  const { count } = await db().import.updateMany({
    where: { id: it.id, attempt: it.attempt, status: 'STAGING', ...checkpointAt(figures.rowsRead) },
    data: {
      status: it.onRejection === 'IMPORT_VALID' ? 'PUBLISHING' : 'STAGING',
      sha256,
      ...figures,
      bytesRead: it.fileSize,
    },
  });
  if (count === 0) throw await whyNotMoved(db(), { importId: it.id, attempt: it.attempt });
}
