import { db } from '@/lib/server/platform/db/client';
import { log } from '@/lib/server/platform/log';
import { isOutage } from '@/lib/server/platform/outage';
import { moveStep } from './move-step';

const toldEveryMilliseconds = 10_000;

/**
 * Brings a dataset's rows from the tables that all datasets shared to its own, import by import. Readers see it all the
 * time, and undo and redo work; it may be stopped anywhere and goes on there.
 * @returns false when it stopped because of the signal
 * @throws Error when rows do not arrive as they were: then the dataset is read where it was
 */
export async function moveDataset(id: string, signal: AbortSignal): Promise<boolean> {
  let told = Date.now();
  for (;;) {
    if (signal.aborted) return false;
    const step = await moveStep(id).catch((error: unknown) => {
      if (isOutage(error)) throw error;
      log().warn({ dataset: id, err: error }, 'some rows of a dataset are moved with more care');
      return moveStep(id, { isCareful: true });
    });
    if (step.kind === 'nothing') return true;
    if (step.kind === 'whole') {
      log().info({ dataset: id, rows: step.rows }, 'the rows of a dataset are in a table of its own');
      return true;
    }
    if (step.kind === 'more' || Date.now() - told < toldEveryMilliseconds) continue;
    told = Date.now();
    const { importId, movedTo, lastRow } = step;
    log().info({ dataset: id, importId, movedTo, lastRow }, 'the rows of a dataset are being moved');
  }
}

/**
 * The same with the dataset of an import that a worker is about to work on: only tables of their own are written to.
 * @returns false when it stopped because of the signal
 */
export async function moveDatasetOf(importId: number, signal: AbortSignal): Promise<boolean> {
  const record = await db().import.findUnique({ where: { id: importId }, select: { dataset: true } });
  if (record?.dataset?.rowStorage !== 'SHARED') return true;
  return moveDataset(record.dataset.id, signal);
}
