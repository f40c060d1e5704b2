import type { HealthView, WorkersView } from '@/lib/shared/schema/health';
import { db } from '../db/client';
import { env } from '../env';
import { fullDiskMessage } from '../full-disk';
import { beatSeconds, workerName } from '../queue/boss';

/** Anybody may ask, as often as they like: the answer of a moment ago is good enough. */
const freshMilliseconds = 1_000;
let last: { at: number; health: Promise<HealthView> } | undefined;

const noWorker = 'No worker is running. Ask your administrator.';

/** Whether the database answers, and whether there is a worker. @throws what the database answers instead */
export function readHealth(): Promise<HealthView> {
  if (!last || Date.now() - last.at > freshMilliseconds) last = { at: Date.now(), health: askHealth() };
  return last.health;
}

async function askHealth(): Promise<HealthView> {
  const workers = await readWorkers();
  const problem = await fullDiskMessage();
  return { status: workers.alive > 0 && problem === null ? 'ok' : 'degraded', problem, workers };
}

/**
 * Signs of life come every two seconds, and three missing ones make a worker silent: a page that asks as often says
 * so within ten. What stays silent is gone, once others have taken over.
 */
export async function readWorkers(): Promise<WorkersView> {
  const silentAfter = 3 * beatSeconds;
  const goneAfter = 60 + 2 * env().WORKER_DEAD_AFTER_SECONDS;
  const [row] = await db().$queryRaw<Omit<WorkersView, 'problem'>[]>`
    select
      count(*) filter (where stopped_on is null and age <= ${silentAfter})::int as alive,
      count(*) filter (where stopped_on is null and age > ${silentAfter} and age < ${goneAfter})::int as silent,
      floor(min(greatest(age, 0)))::int as "seenSecondsAgo"
    from (
      select stopped_on, extract(epoch from now() - heartbeat_on)::float8 as age
      from queue.instance where name = ${workerName}
    ) as worker`;
  const workers = row ?? { alive: 0, silent: 0, seenSecondsAgo: null };
  return { ...workers, problem: workers.alive > 0 ? null : noWorker };
}
