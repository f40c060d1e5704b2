import { ofAttempt } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { Fenced } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { publish } from '../publish/publish';
import { endEarlierSessions } from '../stage/sessions';
import { claim } from './claim';
import { correct, readFile, recheck, rereadFile } from './tasks';

/**
 * Brings one import from QUEUED (or from where an earlier attempt left it) to COMPLETED, or to REVIEW: claims it, and
 * does one task after the other.
 * @param shutdown aborted when the worker shuts down: the segment is finished and the job handed back
 */
export async function stageImport(importId: number, shutdown: AbortSignal): Promise<void> {
  const claimed = await claim(importId);
  if (!claimed) return;
  try {
    await endEarlierSessions(importId, claimed.attempt);
    for (let it: Import | null = claimed; it; it = await stillMine(claimed)) {
      if (await perform(it, shutdown)) continue;
      // Handed back: another worker goes on with the same task.
      await db().$transaction((tx) => enqueue(tx, 'stage', { importId }, claimed.userId));
      return;
    }
  } catch (error) {
    // A later attempt ends this one's connections, which looks like an outage. A retry would end the later one's.
    const overtaken = await stillMine(claimed).then(
      (it) => it === null,
      () => false,
    );
    throw overtaken ? new Fenced() : error;
  }
}

/** @returns false when it stopped because the worker shuts down */
function perform(it: Import, shutdown: AbortSignal): Promise<boolean> {
  // Whatever was to be done before it came there.
  if (it.status === 'PUBLISHING') return publish(it).then(() => true);
  switch (it.task) {
    case 'READ':
      return readFile(it, shutdown);
    case 'REREAD':
      return rereadFile(it, shutdown);
    case 'RECHECK':
      return recheck(it, shutdown);
    case 'CORRECT':
      return correct(it, shutdown);
    case 'RESOLVE':
    case 'PUBLISH':
      return publish(it).then(() => true);
    default:
      return it.task satisfies never;
  }
}

/** The import as it is now; null when there is nothing to do with it any more, or another attempt does it. */
function stillMine(it: Import): Promise<Import | null> {
  return db().import.findFirst({ where: ofAttempt(it) });
}
