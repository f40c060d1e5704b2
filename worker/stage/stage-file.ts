import { dropKeyIndexes } from '@/lib/server/datasets/storage/key-indexes';
import { type Figures, recordProgress } from '@/lib/server/imports/progress/record';
import { transition } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { unpackedQuota } from '@/lib/server/platform/limits/upload-quota';
import { objectSource } from '@/lib/server/platform/storage/object-source';
import { GiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { type Layout, storedCheckpoint, storedInspection } from '@/lib/shared/schema/import/stored-import';
import { digesting } from '../read/source/digest';
import { type ByteSource, isReadOutOfOrder } from '../read/source/types';
import { encodeFile } from './encode-file';
import { indexPages } from './index-pages';
import { markFor } from './marking';
import { planOf } from './plan-of';
import { checkpointAt, whyNotMoved } from './segment';
import { type StageRun, stageRows } from './stage-rows';
import { storedObject } from './stored-object';
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
  record: Import,
  shutdown: AbortSignal,
  next: 'REREAD' | 'RESOLVE' | 'PUBLISH',
): Promise<boolean> {
  const stop = new AbortController();
  const at = record.checkpoint === null ? null : storedCheckpoint.parse(record.checkpoint);
  const { object, partSize } = await storedObject(record);
  const mostUnpacked = await unpackedQuota(record);
  const stored = { ...objectSource(object, stop.signal), mostUnpacked };
  const digested = digesting(stored, partSize);

  const figures = {
    rowsRead: record.rowsRead,
    rowsStored: record.rowsStored,
    rowsRejected: record.rowsRejected,
    rowsLeftOut: record.rowsLeftOut,
    bytesRead: Number(record.bytesRead),
  };
  let stopMarking = () => {};
  const stopRecording = recordProgress(record.id, record.attempt, figures, (error) => stop.abort(error));
  try {
    const ending = AbortSignal.any([stop.signal, shutdown]);
    const layout = await layoutOf(record, { ...objectSource(object, ending), mostUnpacked }, digested.source);
    const plan = await planOf(record, shutdown, layout);
    if (at === null) await dropKeyIndexes(plan.target.number, Number(record.fileSize));
    const run: StageRun = {
      target: plan.target,
      attempt: record.attempt,
      writer: plan.writer,
      figures,
      signal: stop.signal,
      draining: () => shutdown.aborted,
      mostStaged: Math.max(stagedFromAnyFile, stagedRatio * Number(record.fileSize)),
    };
    const source = isReadOutOfOrder(layout) ? await afterDigesting(digested.source, stored) : digested.source;
    const { rows, leaves } = encodeFile(source, layout, plan, storedInspection.parse(record.inspection), at);
    stopMarking = markFor(leaves);
    if (!(await stageRows(run, rows))) return false;
    await verifyBytes(record, digested.digest);
    await indexPages(plan.target);
  } catch (error) {
    // Before the first row: nothing is lost.
    if (shutdown.aborted && !stop.signal.aborted && error === shutdown.reason) return false;
    if (error instanceof ImportFailure) await verifyBytesSoFar(record, digested.digest);
    throw error;
  } finally {
    stopMarking();
    await stopRecording();
  }
  await becomeStaged(record, figures, digested.digest.sha256(), next);
  return true;
}

/**
 * How a file is laid out, also at an end that nobody could look at before the import was started.
 * @param digested read to its end where it cannot be unpacked: then it is known whether the store damaged it
 */
async function layoutOf(record: Import, source: ByteSource, digested: ByteSource): Promise<Layout> {
  try {
    return await withEnd(record, source);
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
  record: Import,
  figures: Figures,
  sha256: string,
  task: 'REREAD' | 'RESOLVE' | 'PUBLISH',
): Promise<void> {
  const which = {
    id: record.id,
    attempt: record.attempt,
    status: 'STAGING',
    ...checkpointAt(figures.rowsRead),
  } as const;
  const data = { sha256, ...figures, bytesRead: record.fileSize, task };
  if ((await transition(db(), which, task === 'PUBLISH' ? 'PUBLISHING' : 'STAGING', data)) === 0)
    throw await whyNotMoved(db(), { importId: record.id, attempt: record.attempt });
}
