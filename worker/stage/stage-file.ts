import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import { type Figures, recordProgress } from '@/lib/server/imports/progress/record';
import { transition } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { env } from '@/lib/server/platform/env';
import { unpackedQuota } from '@/lib/server/platform/limits/upload-quota';
import { objectSource } from '@/lib/server/platform/storage/object-source';
import { GiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/failure';
import { isRejectionsFile } from '@/lib/shared/schema/own-columns';
import { type StoredLayout, storedCheckpoint, storedInspection } from '@/lib/shared/schema/stored-import';
import { readRows } from '../read/read';
import { digesting } from '../read/source/digest';
import { type ByteSource, isReadOutOfOrder } from '../read/source/types';
import { configuredWriter } from './configured-writer';
import { encodeBatches } from './encode-batches';
import { canUseFastPath } from './fast-csv/can-use-fast-path';
import { encodeFastCsv } from './fast-csv/encode-fast-csv';
import { markFor } from './marking';
import { planOf } from './plan-of';
import { checkpointAt, whyNotMoved } from './segment';
import { type StageRun, stageRows } from './stage-rows';
import { verifyBytes, verifyBytesSoFar } from './verify-bytes';
import { withEnd } from './with-end';

/**
 * How much an import may write for the bytes of its file. Real ones write 1 to 5 times as much, packed ones 100 times; but
 * every cell of a workbook can name one text of a megabyte, and every column have a default.
 */
const stagedRatio = 2_000;
const stagedFromAnyFile = GiB;

/**
 * Reads a file from the checkpoint on, checks its rows and writes them in segments, and verifies its bytes.
 * @param next what is to be done with the staged rows
 * @returns false when it stopped at a checkpoint because the worker shuts down
 * @throws ImportFailure for a file that cannot be imported; Fenced
 */
export async function stageFile(
  it: Import,
  shutdown: AbortSignal,
  next: 'REREAD' | 'RESOLVE' | 'PUBLISH',
): Promise<boolean> {
  const stop = new AbortController();
  const at = it.checkpoint === null ? null : storedCheckpoint.parse(it.checkpoint);
  const object = { key: it.objectKey, etag: it.etag ?? '', size: Number(it.fileSize), name: it.fileName };
  const mostUnpacked = await unpackedQuota(it);
  const stored = { ...objectSource(object, stop.signal), mostUnpacked };
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
    const ending = AbortSignal.any([stop.signal, shutdown]);
    const layout = await layoutOf(it, { ...objectSource(object, ending), mostUnpacked }, digested.source);
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
      env().FAST_CSV === 'on' &&
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
    // Before the first row: nothing is lost.
    if (shutdown.aborted && !stop.signal.aborted && error === shutdown.reason) return false;
    if (error instanceof ImportFailure) await verifyBytesSoFar(it, digested.digest);
    throw error;
  } finally {
    stopMarking();
    await stopRecording();
  }
  await becomeStaged(it, figures, digested.digest.sha256(), next);
  return true;
}

/**
 * How a file is laid out, also at an end that nobody could look at before the import was started.
 * @param digested read to its end where it cannot be unpacked: then it is known whether the store damaged it
 */
async function layoutOf(it: Import, source: ByteSource, digested: ByteSource): Promise<StoredLayout> {
  try {
    return await withEnd(it, source);
  } catch (error) {
    if (error instanceof ImportFailure) for await (const _chunk of digested.stream());
    throw error;
  }
}

/** A workbook, or a file in a zip, is read here and there, so its bytes are digested in a pass of their own (0.1 s for 32 MB). */
async function afterDigesting(digested: ByteSource, plain: ByteSource): Promise<ByteSource> {
  for await (const _chunk of digested.stream());
  return plain;
}

/** All rows are there. What a person may be asked about can still be cancelled while it is decided on. */
async function becomeStaged(
  it: Import,
  figures: Figures,
  sha256: string,
  task: 'REREAD' | 'RESOLVE' | 'PUBLISH',
): Promise<void> {
  const which = {
    id: it.id,
    attempt: it.attempt,
    status: 'STAGING',
    ...checkpointAt(figures.rowsRead),
  } as const;
  const data = { sha256, ...figures, bytesRead: it.fileSize, task };
  if ((await transition(db(), which, task === 'PUBLISH' ? 'PUBLISHING' : 'STAGING', data)) === 0)
    throw await whyNotMoved(db(), { importId: it.id, attempt: it.attempt });
}
