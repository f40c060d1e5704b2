import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { checkedColumn } from '@/lib/server/imports/checks/checked-columns';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import type { Check } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { Fenced, messageOf } from '@/lib/server/platform/errors';
import { log } from '@/lib/server/platform/log';
import { enqueue } from '@/lib/server/platform/queue/boss';
import type { JobPayload } from '@/lib/server/platform/queue/jobs';
import type { ImportFailure } from '@/lib/shared/schema/import/failure';
import { checkFile, checkPlan } from '../check/check-file';
import { CheckTally } from '../check/check-tally';

/** The first figures come at once, so that a person who changed something sees what that does. */
const firstFigures = 200;
const everyMilliseconds = 500;

type Payload = JobPayload<'check'>;

/** The check of this version, while it is wanted. */
const wanted = ({ importId, version }: Payload) =>
  ({
    importId,
    version,
    state: { in: ['WAITING', 'RUNNING'] },
    import: { status: 'MAPPING' },
  }) satisfies Prisma.CheckWhereInput;

/**
 * Finds out what would become of the rows of a file, and writes the figures down as it goes. It stores no row, so a later
 * attempt begins with the first row again. It ends when something else is to be checked, and when the import is started.
 * @throws ImportFailure for a file that cannot be imported
 */
export async function checkImport(payload: Payload, shutdown: AbortSignal): Promise<void> {
  const check = await claim(payload);
  if (!check) return;
  const record = await db().import.findUniqueOrThrow({ where: { id: payload.importId } });
  if (record.inspections !== check.inspections) return;
  const mapping = z.array(checkedColumn).parse(check.mapping);
  const plan = checkPlan(record, check, mapping);
  const tally = new CheckTally(plan.target, mapping);
  const stop = new AbortController();
  const stopRecording = recordFigures(check, tally, (error) => stop.abort(error));
  try {
    const complete = await checkFile(record, plan, tally, AbortSignal.any([stop.signal, shutdown]));
    await stopRecording();
    await write(check, { state: 'DONE', figures: jsonValue(tally.figures(true, complete)) });
  } catch (error) {
    stop.signal.throwIfAborted();
    if (!shutdown.aborted) throw error;
    // Another worker begins it again.
    await db().$transaction((tx) => enqueue(tx, 'check', payload, record.userId));
  } finally {
    await stopRecording();
  }
}

/** Ends the check of a file that cannot be read, if it is still wanted: the reason is shown while columns are matched. */
export async function failCheck(payload: Payload, { reason, message }: ImportFailure): Promise<void> {
  const data = { state: 'FAILED', failureReason: reason, failureMessage: message } as const;
  await db().check.updateMany({ where: wanted(payload), data });
}

async function claim(payload: Payload): Promise<Check | null> {
  const { count } = await db().check.updateMany({
    where: wanted(payload),
    data: { state: 'RUNNING', attempt: { increment: 1 } },
  });
  return count === 0 ? null : db().check.findUnique({ where: { importId: payload.importId } });
}

/** @throws Fenced when something else is to be checked, nothing any more, or a later attempt does it */
async function write(check: Check, data: Prisma.CheckUpdateManyMutationInput): Promise<void> {
  const { attempt } = check;
  // Read anew, the file has other rows and columns.
  const read = { status: 'MAPPING', inspections: check.inspections } as const;
  const { count } = await db().check.updateMany({ where: { ...wanted(check), attempt, import: read }, data });
  if (count === 0) throw new Fenced();
}

/**
 * Writes the figures down from time to time.
 * @param onFenced called when the check is not wanted any more
 * @returns stops it
 */
function recordFigures(
  check: Check,
  tally: CheckTally,
  onFenced: (error: Fenced) => void,
): () => Promise<void> {
  const ended = new AbortController();
  const recording = (async () => {
    for (let wait = firstFigures; ; wait = everyMilliseconds) {
      await sleep(wait, undefined, { signal: ended.signal }).catch(() => undefined);
      if (ended.signal.aborted) return;
      try {
        await write(check, { figures: jsonValue(tally.figures(false, false)) });
      } catch (error) {
        if (error instanceof Fenced) return onFenced(error);
        log().warn({ err: messageOf(error), importId: check.importId }, 'figures were not written');
      }
    }
  })();
  return () => {
    ended.abort();
    return recording;
  };
}
