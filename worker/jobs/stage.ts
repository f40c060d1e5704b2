import { moveDatasetOf } from '@/lib/server/datasets/storage/move/move-dataset';
import { ofAttempt } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { Fenced } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { publish } from '../publish/publish';
import { asImport } from '../stage/imports-under-way';
import { endEarlierSessions } from '../stage/sessions';
import { claim, isClaimable } from './claim';
import { correct, readFile, recheck, rereadFile } from './tasks';

/**
 * Brings one import from QUEUED (or from where an earlier attempt left it) to COMPLETED, or to REVIEW: claims it, and
 * does one task after the other.
 * @param shutdown aborted when the worker shuts down: the segment is finished and the job handed back
 */
export function stageImport(importId: number, shutdown: AbortSignal): Promise<void> {
  return asImport(() => work(importId, shutdown));
}

async function work(importId: number, shutdown: AbortSignal): Promise<void> {
  if (!(await isClaimable(importId))) return;
  if (!(await moveDatasetOf(importId, shutdown))) return handBack(importId);
  const claimed = await claim(importId);
  if (!claimed) return;
  try {
    await endEarlierSessions(importId, claimed.attempt);
    for (let record: Import | null = claimed; record; record = await stillMine(claimed)) {
      if (await perform(record, shutdown)) continue;
      return await handBack(importId);
    }
  } catch (error) {
    // A later attempt ends this one's connections, which looks like an outage. A retry would end the later one's.
    const overtaken = await stillMine(claimed).then(
      (record) => record === null,
      () => false,
    );
    throw overtaken ? new Fenced() : error;
  }
}

/** Another worker goes on where this one stopped. */
async function handBack(importId: number): Promise<void> {
  const { userId } = await db().import.findUniqueOrThrow({
    where: { id: importId },
    select: { userId: true },
  });
  await db().$transaction((tx) => enqueue(tx, 'stage', { importId }, userId));
}

/** @returns false when it stopped because the worker shuts down */
function perform(record: Import, shutdown: AbortSignal): Promise<boolean> {
  // Whatever was to be done before it came there.
  if (record.status === 'PUBLISHING') return publish(record).then(() => true);
  switch (record.task) {
    case 'READ':
      return readFile(record, shutdown);
    case 'REREAD':
      return rereadFile(record, shutdown);
    case 'RECHECK':
      return recheck(record, shutdown);
    case 'CORRECT':
      return correct(record, shutdown);
    case 'RESOLVE':
    case 'PUBLISH':
      return publish(record).then(() => true);
    default:
      return record.task satisfies never;
  }
}

/** The import as it is now; null when there is nothing to do with it any more, or another attempt does it. */
function stillMine(record: Import): Promise<Import | null> {
  return db().import.findFirst({ where: ofAttempt(record) });
}
