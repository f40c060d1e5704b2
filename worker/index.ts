import { setTimeout as sleep } from 'node:timers/promises';
import { makeIndex } from '@/lib/server/datasets/indexes/make-index';
import { refreshCurrentRows } from '@/lib/server/datasets/versions/refresh-current-rows';
import { closeDb } from '@/lib/server/platform/db/client';
import { assertCluster } from '@/lib/server/platform/db/cluster/cluster';
import { notingStatements } from '@/lib/server/platform/db/failed-statement';
import { isHeard } from '@/lib/server/platform/db/listen';
import { env, loadEnvFile } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { closeQueue, openWorkerQueue } from '@/lib/server/platform/queue/boss';
import {
  type JobName,
  jobs,
  ofCheck,
  ofColumn,
  ofCorrection,
  ofDataset,
  ofImport,
} from '@/lib/server/platform/queue/jobs';
import { beatAs, keepTakingOver } from '@/lib/server/platform/queue/take-over';
import { checkImport } from './jobs/check';
import { handleCheckError, handleCorrectionError, handleJobError, isLastTry } from './jobs/fail-import';
import { inspectImport } from './jobs/inspect';
import { assertWorkersSpared, sparingWorkers } from './jobs/lost-workers';
import { moveRows } from './jobs/move-rows';
import { purgeImport } from './jobs/purge';
import { receiveCorrection } from './jobs/receive';
import { stageImport } from './jobs/stage';
import { keepSweeping } from './sweep/sweep';

const shutdown = new AbortController();

/** What the queue notes of a job. */
interface Noted {
  data: unknown;
  output: unknown;
  retryCount: number;
}

type Handler = (job: Noted, begin: () => Promise<void>) => Promise<void>;

/** Work on one import. */
function onImport(
  name: Exclude<JobName, 'check' | 'receive' | 'index' | 'current' | 'move'>,
  work: (importId: number, signal: AbortSignal) => Promise<void>,
): Handler {
  return async ({ data, output, retryCount }, begin) => {
    const { importId } = ofImport.parse(data);
    try {
      await begin();
      await sparingWorkers(importId, name, output, () => work(importId, shutdown.signal));
    } catch (error) {
      await handleJobError(importId, error, isLastTry(error, retryCount, jobs[name].options.retryLimit));
    }
  };
}

/** What would become of the rows of one file. */
const onCheck: Handler = async ({ data, output, retryCount }, begin) => {
  const payload = ofCheck.parse(data);
  try {
    await begin();
    assertWorkersSpared(output, retryCount);
    await checkImport(payload, shutdown.signal);
  } catch (error) {
    await handleCheckError(payload, error, isLastTry(error, retryCount, jobs.check.options.retryLimit));
  }
};

/** Work on one file of corrected rows. */
const onCorrection: Handler = async ({ data, output, retryCount }, begin) => {
  const { correctionFileId } = ofCorrection.parse(data);
  try {
    await begin();
    assertWorkersSpared(output, retryCount);
    await receiveCorrection(correctionFileId, shutdown.signal);
  } catch (error) {
    const lastTry = isLastTry(error, retryCount, jobs.receive.options.retryLimit);
    await handleCorrectionError(correctionFileId, error, lastTry);
  }
};

/** The index of one column. */
const onColumn: Handler = async ({ data }, begin) => {
  const { columnId } = ofColumn.parse(data);
  await begin();
  await makeIndex(columnId);
};

/** Which rows of one dataset are current. */
const onDataset: Handler = async ({ data }, begin) => {
  const { datasetId } = ofDataset.parse(data);
  await begin();
  await refreshCurrentRows(datasetId);
};

const handlers: Record<JobName, Handler> = {
  inspect: onImport('inspect', inspectImport),
  check: onCheck,
  receive: onCorrection,
  index: onColumn,
  current: onDataset,
  stage: onImport('stage', stageImport),
  purge: onImport('purge', purgeImport),
  move: async (_job, begin) => {
    await begin();
    await moveRows(shutdown.signal);
  },
};

async function main(): Promise<void> {
  loadEnvFile();
  await assertCluster();
  const told = await isTold();
  const boss = await openWorkerQueue(told);
  const deadAfter = env().WORKER_DEAD_AFTER_SECONDS;
  const concurrency = {
    inspect: 2,
    check: 2,
    receive: 2,
    stage: env().WORKER_CONCURRENCY,
    index: 1,
    current: 1,
    purge: 1,
    move: 1,
  };
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
      try {
        await notingStatements(() => handler(job, () => beatAs(name, job.id, deadAfter)));
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
