import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '@/testing/environment';
import type { Pooler } from '@/testing/poolers/pooler';
import { poolers } from '@/testing/poolers/poolers';

openDatabase();

/** Ends what this process opened, so that what is loaded next opens it anew, by the address that stands then. */
async function letGo(): Promise<void> {
  const { closeDb } = await import('./client');
  const { closeQueue } = await import('../queue/boss');
  await closeQueue();
  await closeDb();
  vi.resetModules();
}

describe.each(poolers)('behind $name', ({ open }) => {
  let pooler: Pooler;
  const direct = process.env.DATABASE_URL ?? '';
  beforeAll(async () => {
    pooler = await open(direct);
    await letGo();
    process.env.DATABASE_URL = pooler.url;
  });
  afterAll(async () => {
    await letGo();
    process.env.DATABASE_URL = direct;
    await pooler.close();
  });

  it('a transaction may not stand still for long, and the connection stays as it was', async () => {
    const { db } = await import('./client');
    const setting = { limit: '20s' };
    const limitOf = (tx: Pick<ReturnType<typeof db>, '$queryRaw'>) =>
      tx.$queryRaw`select current_setting('idle_in_transaction_session_timeout') as limit`;
    expect(await db().$transaction((tx) => limitOf(tx))).toEqual([setting]);
    expect(await limitOf(db())).toEqual([{ limit: '0' }]);
  });

  it('a file is imported, and its progress arrives', async () => {
    const { owner } = await import('@/testing/people');
    const { confirm, runInspection, runStage, upload } = await import('@/worker/testing/run-import');
    const { collect } = await import('@/lib/server/imports/progress/testing/collect');
    const { env } = await import('../env');
    // As it is where nobody thought of it.
    expect(env()).toMatchObject({ PROGRESS: 'listen', DATABASE_URL: pooler.url });
    const user = await owner();
    const id = await upload(new TextEncoder().encode('n,word\n1,one\n2,two\n'), 'pooled.csv', user);
    const { stop, untilStatus } = collect([id], user);
    await untilStatus(id, 'INSPECTING');
    await confirm(await runInspection(id, user), user);
    expect(await runStage(id, user)).toMatchObject({ status: 'COMPLETED', rows: { inserted: 2 } });
    await untilStatus(id, 'COMPLETED');
    await stop();
  });

  it('the doctor names the cause', async () => {
    const { code, said } = await examine(pooler.url);
    expect(said).toMatch(/^warn {2}LISTEN: .*pools transactions \(PgBouncer\?\)/m);
    expect(said).toMatch(/PROGRESS=poll/);
    expect(said).toMatch(/^ok {4}COPY: works/m);
    expect(said).not.toMatch(/^fail {2}(Database|Migrations|COPY|LISTEN)/m);
    // No worker runs here.
    expect(code).toBe(1);
    const refused = await examine(`${pooler.url}?lock_timeout=1000`);
    expect(refused.said).toMatch(/^fail {2}Database: .*unsupported startup parameter: lock_timeout/m);
    expect(refused.said).toMatch(/Take lock_timeout out of DATABASE_URL/);
  });

  it('a worker says at its start what does not work', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'worker/index.ts'], {
      env: { ...process.env, DATABASE_URL: pooler.url, LOG_LEVEL: 'info' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.on('data', (piece: Buffer) => (said += piece.toString()));
    await once(child, 'message');
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(said).toMatch(/pools transactions \(PgBouncer\?\).*every 2 s/);
  });
});

async function examine(databaseUrl: string): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/doctor.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: randomBytes(32).toString('base64'),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
  const [code] = await once(child, 'close');
  return { code: Number(code), said };
}
