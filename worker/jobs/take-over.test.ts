import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { getImport } from '@/lib/server/imports/get-import';
import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { closeQueue } from '@/lib/server/platform/queue/boss';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { confirm, runImport, upload } from '@/worker/testing/run-import';

openDatabase();

/** A worker as an operator sets it up, who sets nothing on the web server. */
async function startWorker() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'worker/index.ts'], {
    env: { ...process.env, WORKER_DEAD_AFTER_SECONDS: '11' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  await once(child, 'message');
  return child;
}

async function until<T>(look: () => Promise<T | undefined | false | null>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await sleep(50);
  }
}

it('WORKER_DEAD_AFTER_SECONDS of a worker counts for its jobs, and a dead one’s job is held back by nothing', async () => {
  expect(env().WORKER_DEAD_AFTER_SECONDS).toBe(30);
  const user = await owner();
  // Before there is a worker: it would take the same import up, and end the sessions of the one that runs here.
  const earlier = await runImport(new TextEncoder().encode('n\n1\n'), { name: 'earlier.csv' });
  const worker = await startWorker();
  const datasetId = earlier.dataset?.id ?? '';
  const { number } = await db().dataset.findUniqueOrThrow({ where: { id: datasetId } });
  const id = await upload(new TextEncoder().encode('n\n1\n'), 'taken over.csv', user);
  const view = await until(async () => {
    const now = await getImport(id, user);
    return now.status === 'MAPPING' && now;
  });
  // The worker stands still in the middle of its job, and is killed then.
  const blocked = Promise.withResolvers<void>();
  const holding = db().$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe(`lock table "ds_${number}"."rows" in exclusive mode`);
      await blocked.promise;
    },
    { timeout: 60_000 },
  );
  await confirm(view, user, { dataset: { id: datasetId } });
  const jobOf = (state: string) => db().$queryRaw<{ id: string; heartbeat: number; due: boolean }[]>`
    select id::text, heartbeat_seconds as heartbeat, start_after <= now() as due
    from queue.job where name = 'stage' and state = ${state}::queue.job_state`;
  const [active] = await until(async () => {
    const found = await jobOf('active');
    return found[0]?.heartbeat === 11 && found;
  });
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  blocked.resolve();
  await holding;

  // As the queue leaves a job whose worker died for the sixth time.
  await db().$executeRaw`
    update queue.job set state = 'retry', start_after = now() + interval '1 h', retry_count = 1,
      output = '{"value": {"message": "job heartbeat timeout"}}' where id = ${active?.id}::uuid`;
  const second = await startWorker();
  await until(async () => (await getImport(id, user)).status === 'COMPLETED');
  second.kill('SIGTERM');
  await once(second, 'exit');
  expect(await getImport(id, user)).toMatchObject({ rows: { inserted: 1 } });
  await closeQueue();
});
