import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import { log } from '@/lib/server/platform/log';
import type { JobName } from '@/lib/server/platform/queue/jobs';
import { ImportFailure } from '@/lib/shared/schema/import/failure';

/** What the queue notes of a job whose worker gave no sign of life any more. */
const lostWorker = z.object({ value: z.object({ message: z.literal('job heartbeat timeout') }) });

const wasLost = (before: unknown) => lostWorker.safeParse(before).success;

/** So many workers may be lost over one import with nothing stored in between: the file is at fault, or Sluice. */
const mostLost = 2;

/**
 * Has a job run, unless workers were lost over its import: the same file would take the next one as well, and whatever
 * else runs there. A row that was stored since the last loss speaks for the file; machines are lost, too.
 * Publishing has no checkpoint to tell it by, and deleting has to be done: neither is given up.
 * @param before what the queue noted of the job's last try
 * @throws ImportFailure INTERNAL
 */
export async function sparingWorkers(
  importId: number,
  job: JobName,
  before: unknown,
  run: () => Promise<void>,
): Promise<void> {
  if (job === 'purge' || !wasLost(before)) return run();
  const [found] = await db().$queryRaw<{ lost: number }[]>`
    insert into "LostWorkers" as l ("importId", "count", "afterRow")
    select id, 1, coalesce((checkpoint ->> 'rowsRead')::int, 0) from "Import"
    where id = ${importId} and status in ('INSPECTING', 'QUEUED', 'STAGING')
    on conflict ("importId") do update set "afterRow" = excluded."afterRow",
      "count" = case when excluded."afterRow" > l."afterRow" then 1 else l."count" + 1 end
    returning "count" as lost`;
  const lost = found?.lost ?? 0;
  if (lost >= mostLost) {
    log().error({ importId, lost }, 'workers were lost over this import: it is given up');
    throw new ImportFailure(
      'INTERNAL',
      `The worker stopped ${lost} times while it worked on this file, each time at the same place.`,
    );
  }
  await run();
  await db().lostWorkers.deleteMany({ where: { importId } });
}

/**
 * The same of a file of corrected rows, of which only the head is read.
 * @param tries how often the job was tried before
 * @throws ImportFailure INTERNAL
 */
export function assertWorkersSpared(before: unknown, tries: number): void {
  if (!wasLost(before) || tries < mostLost) return;
  throw new ImportFailure('INTERNAL', 'The worker stopped again and again while it read this file.');
}
