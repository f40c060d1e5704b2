import { fromPrisma, PgBoss } from 'pg-boss';
import type { Transaction } from '../db/client';
import { env } from '../env';
import { log } from '../log';
import { type JobName, type JobPayload, jobs } from './jobs';

const schema = 'queue';
/** What the queue lists a worker as. */
export const workerName = 'worker';
/** Workers give signs of life this often. */
export const beatSeconds = 2;

/** Creates or upgrades the queue's own tables and the queues. Run once a release, before web and worker. */
export async function prepareQueue(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema,
    supervise: false,
    schedule: false,
    max: 1,
    registerInstance: false,
  });
  boss.on('error', (error) => log().error({ err: error }, 'queue'));
  await boss.start();
  for (const [name, job] of Object.entries(jobs)) {
    if (await boss.getQueue(name)) await boss.updateQueue(name, { ...job.options, notify: true });
    else await boss.createQueue(name, { ...job.options, notify: true });
  }
  await boss.stop({ graceful: false });
}

declare global {
  var sluiceSender: Promise<PgBoss> | undefined;
}

/** A pg-boss that only sends: it keeps no timers and one connection. */
function sender(): Promise<PgBoss> {
  globalThis.sluiceSender ??= open({ supervise: false, schedule: false, max: 1 }).catch((error: unknown) => {
    globalThis.sluiceSender = undefined;
    throw error;
  });
  return globalThis.sluiceSender;
}

async function open(options: {
  supervise: boolean;
  schedule: boolean;
  max: number;
  useListenNotify?: boolean;
  superviseIntervalSeconds?: number;
  monitorIntervalSeconds?: number;
  registerInstance?: boolean;
  instanceName?: string;
  instanceHeartbeatSeconds?: number;
}): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: env().DATABASE_URL,
    schema,
    migrate: false,
    registerInstance: false,
    ...options,
  });
  boss.on('error', (error) => log().warn({ err: error.message }, 'queue'));
  boss.on('warning', (warning) => log().warn({ warning }, 'queue'));
  await boss.start();
  return boss;
}

/**
 * A pg-boss that works: wakes at once through LISTEN, polls as the net, and supervises the queues. It looks for
 * dead workers eight times in the time after which one is dead: an import stands still for less than twice that time.
 * @param told false where LISTEN is of no use, and it only polls
 */
export function openWorkerQueue(told = true): Promise<PgBoss> {
  const seconds = Math.ceil(env().WORKER_DEAD_AFTER_SECONDS / 8);
  return open({
    supervise: true,
    schedule: false,
    max: 4,
    useListenNotify: told,
    superviseIntervalSeconds: seconds,
    monitorIntervalSeconds: seconds,
    // Workers alone are listed: their signs of life tell an operator whether one runs.
    registerInstance: true,
    instanceName: workerName,
    instanceHeartbeatSeconds: beatSeconds,
  });
}

/**
 * Queues a job inside the caller's transaction: it exists if and only if the state change does.
 * @param group the person's id: jobs of one person do not crowd out those of others
 */
export async function enqueue<N extends JobName>(
  tx: Transaction,
  name: N,
  payload: JobPayload<N>,
  group?: string,
): Promise<void> {
  const boss = await sender();
  await boss.send(name, jobs[name].payload.parse(payload), {
    db: fromPrisma(tx),
    heartbeatSeconds: env().WORKER_DEAD_AFTER_SECONDS,
    ...(group ? { group: { id: group }, priority: -(await waitingOf(tx, group)) } : {}),
  });
  if (group && name === 'stage') await smallFilesFirst(tx, group);
}

/**
 * How many imports of this person the queue already has before it. Each one is a step back, so that somebody else's
 * first comes before this person's second, however many workers there are.
 */
function waitingOf(tx: Transaction, userId: string): Promise<number> {
  return tx.import.count({ where: { userId, status: { in: ['INSPECTING', 'QUEUED', 'STAGING'] } } });
}

/**
 * Gives the turns that this person's waiting imports have to these in the order of their files' sizes: a price list does
 * not wait for three gigabytes that the same person brought before. Nobody else's turn changes. A job that a worker
 * takes at this moment keeps its own.
 */
async function smallFilesFirst(tx: Transaction, userId: string): Promise<void> {
  await tx.$executeRaw`
    with waiting as materialized (
      select q.id, q.priority, q.created_on, i."fileSize"
      from queue.job q join "Import" i on i.id = (q.data ->> 'importId')::int
      where q.name = 'stage' and q.group_id = ${userId} and q.state in ('created', 'retry')
      for update of q skip locked
    ), turns as (
      select priority, row_number() over (order by priority desc) as place from waiting
    ), files as (
      select id, row_number() over (order by "fileSize", created_on, id) as place from waiting
    )
    update queue.job q set priority = t.priority
    from files f join turns t using (place)
    where q.name = 'stage' and q.id = f.id and q.priority <> t.priority`;
}

/**
 * How the jobs of an import, or of a file of corrected rows, stand.
 * @returns whether one is waiting or running, and how many were given up for good (kept by the queue for a week)
 */
export async function jobsOf<N extends JobName>(
  name: N,
  payload: JobPayload<N>,
): Promise<{ live: boolean; failed: number }> {
  const boss = await sender();
  const found = await boss.findJobs(name, { data: { ...payload } });
  const ended = ['completed', 'cancelled', 'failed'];
  return {
    live: found.some(({ state }) => !ended.includes(state)),
    failed: found.filter(({ state }) => state === 'failed').length,
  };
}

/** The workers that gave a sign of life lately, the latest first. */
export async function workersAlive(): Promise<{ host: string; pid: number; secondsAgo: number }[]> {
  const boss = await sender();
  const instances = await boss.getInstances({ limit: 100 });
  return instances
    .filter(({ name, live }) => name === workerName && live)
    .map(({ host, pid, heartbeatOn }) => ({
      host,
      pid,
      secondsAgo: Math.max(0, Math.round((Date.now() - heartbeatOn.getTime()) / 1000)),
    }))
    .sort((a, b) => a.secondsAgo - b.secondsAgo);
}

/** Closes the sending queue, if it was opened. */
export async function closeQueue(): Promise<void> {
  const boss = await globalThis.sluiceSender;
  globalThis.sluiceSender = undefined;
  await boss?.stop({ graceful: false });
}
