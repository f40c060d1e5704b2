import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWorker, type WorkerProcess } from '@/e2e/faults/worker-process';
import { getImport } from '@/lib/server/imports/get-import';
import { db } from '@/lib/server/platform/db/client';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { owner } from '@/testing/people';
import { confirm, type RunOptions, upload } from '@/worker/testing/run-import';

/** Most workers that die over one import. The one after them is left alone. */
const mostKills = 2;
/** An import of some hundred rows is read, decided on and published in about so many milliseconds. */
const wayMilliseconds = 90;

/** Imports go through a worker process that is killed again and again. */
export interface KilledWorker {
  /** One file the whole way, through the queue. */
  runImport(content: Uint8Array, options: RunOptions): Promise<ImportDetails>;
  /** Workers that died while an import was between QUEUED and its end. */
  killed(): number;
  close(): Promise<void>;
}

/**
 * Builds the worker as it is now.
 * @param random numbers in [0, below): how many workers die over which import, and after how many milliseconds. How far
 *   one has come by then is the machine's affair.
 */
export function openKilledWorker(random: (below: number) => number): KilledWorker {
  execFileSync(process.execPath, ['lib/local/build/bundle.mjs']);
  let worker: WorkerProcess | undefined;
  let killed = 0;
  const kill = async () => {
    worker?.kill('SIGKILL');
    await worker?.exited;
    worker = undefined;
  };
  const alive = async () => {
    worker ??= await startWorker({ LOG_LEVEL: 'error' });
  };
  return {
    async runImport(content, options) {
      const user = await owner();
      const kills = random(mostKills + 1);
      const moments = Array.from({ length: kills }, () => random(wayMilliseconds));
      await alive();
      const id = await upload(content, options.name ?? 'file.csv', user);
      const inspected = await until(id, ({ status }) => status === 'MAPPING' || status === 'FAILED');
      await confirm(inspected, user, options);
      for (const [i, moment] of moments.entries()) {
        await alive();
        await until(id, ({ attempts, status }) => attempts > i || hasEnded(status));
        await sleep(moment);
        await kill();
        if (hasEnded((await getImport(id, user)).status)) break;
        killed++;
        // What the supervision of the next worker would find out once the dead one gave no sign of life for a while.
        await db()
          .$executeRaw`update queue.job set state = 'retry', start_after = now() where state = 'active'`;
      }
      await alive();
      return until(id, ({ status }) => hasEnded(status));
    },
    killed: () => killed,
    close: kill,
  };
}

const hasEnded = (status: ImportDetails['status']) =>
  status === 'COMPLETED' || status === 'FAILED' || status === 'REVIEW';

async function until(id: string, done: (view: ImportDetails) => boolean): Promise<ImportDetails> {
  const user = await owner();
  for (const end = Date.now() + 60_000; ; await sleep(5)) {
    const view = await getImport(id, user);
    if (done(view)) return view;
    if (Date.now() > end)
      throw new Error(`After a minute the import is ${view.status}, attempt ${view.attempts}.`);
  }
}
