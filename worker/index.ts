import { setTimeout as sleep } from 'node:timers/promises';
import { closeDb } from '@/lib/server/platform/db/client';
import { notingStatements } from '@/lib/server/platform/db/failed-statement';
import { isHeard } from '@/lib/server/platform/db/listen';
import { env, loadEnvFile } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { closeQueue, openWorkerQueue } from '@/lib/server/platform/queue/boss';
import { type JobName, jobs } from '@/lib/server/platform/queue/jobs';
import { beatAs, keepTakingOver } from '@/lib/server/platform/queue/take-over';
import { isLastTry, settle } from './jobs/fail-import';
import { inspectImport } from './jobs/inspect';
import { sparingWorkers } from './jobs/lost-workers';
import { purgeImport } from './jobs/purge';
import { stageImport } from './jobs/stage';
import { keepSweeping } from './sweep/sweep';

const shutdown = new AbortController();

const handlers: Record<JobName, (importId: number, signal: AbortSignal) => Promise<void>> = {
  inspect: inspectImport,
  stage: stageImport,
  purge: purgeImport,
};

async function main(): Promise<void> {
  loadEnvFile();
  const told = await isTold();
  const boss = await openWorkerQueue(told);
  const deadAfter = env().WORKER_DEAD_AFTER_SECONDS;
  const concurrency = { inspect: 2, stage: env().WORKER_CONCURRENCY, purge: 1 };
  for (const [name, handler] of Object.entries(handlers) as [JobName, (typeof handlers)[JobName]][]) {
    const options = {
      localConcurrency: concurrency[name],
      // One person's queue of imports leaves a place for everybody else's.
      ...(concurrency[name] > 1 ? { localGroupConcurrency: concurrency[name] - 1 } : {}),
      // Nothing is notified when a retry falls due, so the net is as close as without LISTEN: with pg-boss's 30 s
      // every retry after an outage, and every import of a dead worker, waited that much longer.
      pollingIntervalSeconds: 2,
      notifyPollingIntervalSeconds: 2,
      batchSize: 1,
      heartbeatRefreshSeconds: deadAfter / 4,
      includeMetadata: true as const,
    };
    let place = '';
    place = await boss.work(name, options, async ([job]) => {
      if (!job) return;
      const { importId } = jobs[name].payload.parse(job.data);
      try {
        await notingStatements(() =>
          beatAs(name, job.id, deadAfter)
            .then(() => sparingWorkers(importId, name, job.output, () => handler(importId, shutdown.signal)))
            .catch((error: unknown) =>
              settle(importId, error, isLastTry(error, job.retryCount, jobs[name].options.retryLimit)),
            ),
        );
      } finally {
        // Looks for the next one at once. Otherwise a place rests for the two seconds after every job, and 200 small
        // imports that were queued together take seven minutes. And once more when the queue has noted the end of
        // this one: before, it keeps the person's other jobs back.
        boss.notifyWorker(place);
        setTimeout(() => boss.notifyWorker(place), 100).unref();
      }
    });
  }
  keepTakingOver(shutdown.signal);
  void keepSweeping(shutdown.signal);
  log().info('the worker is ready');
  process.send?.('ready');

  const stop = async (signal: string) => {
    if (shutdown.signal.aborted) return;
    log().info({ signal }, 'shutting down: finishing the segments under way');
    shutdown.abort();
    // Gone within 20 s whatever stands still: Heroku kills 30 s after SIGTERM. 15 s leave room for a slow commit,
    // the rest is for failing the jobs that are not done, so that another worker takes them up at once.
    const limit = sleep(17_000, undefined, { ref: false });
    await Promise.race([boss.stop({ graceful: true, timeout: 15_000 }), limit]);
    await Promise.race([Promise.allSettled([closeQueue(), closeDb()]), sleep(1_000)]);
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', () => void stop('disconnect'));
}

/** Whether the queue can tell of jobs. Says so where it cannot, and what that costs. */
async function isTold(): Promise<boolean> {
  // A database that does not answer is told of by whoever needs it next.
  if (await isHeard().catch(() => true)) return true;
  log().warn(
    'DATABASE_URL leads through a proxy that pools transactions (PgBouncer?). LISTEN does not work there: jobs are looked for every 2 s instead of being taken up at once. Everything else works.',
  );
  return false;
}

main().catch((error: unknown) => {
  log().fatal({ err: error }, 'the worker could not start');
  process.exit(1);
});
