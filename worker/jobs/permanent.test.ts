import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { DatasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { getImport } from '@/lib/server/imports/get-import';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { makeDataset } from '@/testing/make-dataset';
import { owner } from '@/testing/people';
import { confirm, runInspection, upload } from '@/worker/testing/run-import';

openDatabase();

/** Has the database refuse what is inserted into a table, for a reason that stays. */
async function refuse(table: string): Promise<void> {
  await db().$executeRawUnsafe(`create or replace function refuse() returns trigger language plpgsql as $$
    begin raise exception 'not supported here' using errcode = '0A000'; end $$`);
  await db().$executeRawUnsafe(
    `create trigger refuse before insert on ${table} for each statement execute function refuse()`,
  );
}

async function startWorker() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'worker/index.ts'], {
    env: { ...process.env, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (piece: Buffer) => (said += piece.toString()));
  await once(child, 'message');
  return {
    lines: () =>
      said
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line)),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

it.each([
  { content: 'column 0\n1\n2\n', refused: ({ rows }: DatasetTable) => ['COPY', rows] },
  {
    content: `column 0\n${'1\n'.repeat(1_200)}x\n`,
    refused: () => ['INSERT', '"Rejection"'],
  },
])(
  'a statement that the database refuses for good fails the import at once, and the log names it',
  async ({ content, refused }) => {
    const user = await owner();
    const dataset = await makeDataset([{ slot: 0, type: 'INTEGER' }]);
    const [what, table = ''] = refused(dataset.table);
    const statement = `${what} ${table.replaceAll('"', '')}`;
    await refuse(table);
    const worker = await startWorker();
    const id = await upload(new TextEncoder().encode(content), 'refused.csv', user);
    await confirm(await runInspection(id, user), user, { dataset: { id: dataset.id } });
    let view = await getImport(id, user);
    while (view.finishedAt === null) {
      await sleep(100);
      view = await getImport(id, user);
    }
    await worker.stop();
    await db().$executeRawUnsafe(`drop trigger refuse on ${table}`);
    expect(view).toMatchObject({ status: 'FAILED', attempts: 1, failure: { reason: 'INTERNAL' } });
    expect(view.failure?.message).not.toMatch(/reached/);
    expect(worker.lines()).toContainEqual(expect.objectContaining({ level: 50, statement }));
  },
);
