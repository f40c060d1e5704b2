import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readCheck } from '@/lib/server/imports/checks/read-check';
import { requestCheck } from '@/lib/server/imports/checks/request-check';
import { startImportInput } from '@/lib/shared/schema/import/start';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { runInspection, upload } from '@/worker/testing/run-import';

openDatabase();

it('a worker takes checks from the queue, and of one that is asked for again and again only the last', async () => {
  const user = await owner();
  const id = await upload(new TextEncoder().encode('n,word\n1,a\nx,b\n'), 'queued.csv', user);
  await runInspection(id, user);
  const ask = (type: 'INTEGER' | 'TEXT') => {
    const columns = [{ index: 0, name: 'n', type }];
    return requestCheck(id, startImportInput.parse({ dataset: { name: 'Queued' }, columns }), user);
  };
  for (const type of ['INTEGER', 'TEXT', 'INTEGER'] as const) await ask(type);
  const worker = spawn(process.execPath, ['--import', 'tsx', 'worker/index.ts'], {
    env: process.env,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const until = async (done: string) => {
    for (;;) {
      const { check } = await readCheck(id, user);
      if (check?.state === done) return check;
      await sleep(20);
    }
  };
  try {
    await once(worker, 'message');
    expect(await until('DONE')).toMatchObject({
      version: 3,
      figures: { rows: { accepted: 1, rejected: 1 } },
    });
    await ask('TEXT');
    expect(await until('DONE')).toMatchObject({
      version: 4,
      figures: { rows: { accepted: 2, rejected: 0 } },
    });
  } finally {
    worker.kill('SIGTERM');
    await once(worker, 'exit');
  }
});
