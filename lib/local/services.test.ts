import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTemporaryFolder } from '@/testing/temporary-folder';
import { bringUp } from './bring-up';
import { runServices, type Services } from './run-services';

let folder = '';
const running: Services[] = [];
beforeEach(async () => {
  folder = await openTemporaryFolder('sluice-services-');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((services) => services.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<Services> {
  const services = await runServices(folder);
  running.push(services);
  return services;
}

/** Has a process of its own start them, with 1,000 rows in the database. */
async function startApart(): Promise<{ parent: ChildProcess; pid: number }> {
  const code = `
    const { runServices } = await import('./lib/local/run-services.ts');
    const { default: pg } = await import('pg');
    const { pid, environment } = await runServices(${JSON.stringify(folder)});
    const client = new pg.Client({ connectionString: environment.DATABASE_URL });
    await client.connect();
    await client.query('create table kept as select generate_series(1, 1000) as number');
    await client.end();
    process.stdout.write(String(pid) + '\\n');`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', code];
  const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(parent.stdout, 'data');
  return { parent, pid: Number(said) };
}

async function ask(services: Services, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: services.environment.DATABASE_URL });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Ended, but nobody has asked how: an orphan waits for the system's first process to do so.
  return !(existsSync(`/proc/${pid}/stat`) && readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '));
};

/** Whether the process ends within ten seconds. */
async function ends(pid: number): Promise<boolean> {
  for (let i = 0; i < 100 && isAlive(pid); i++) await sleep(100);
  return !isAlive(pid);
}

const postmaster = async () =>
  Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

describe('the embedded database and store', () => {
  it('make a half-made folder anew, and find their data again', async () => {
    for (const name of ['postgres.making', 'postgres']) {
      await mkdir(join(folder, name, 'base'), { recursive: true });
      await writeFile(join(folder, name, 'postgresql.conf'), 'cut off');
    }
    const first = await start();
    await ask(first, 'create table kept as select 42 as number');
    const server = await postmaster();
    await first.stop();
    expect(isAlive(server)).toBe(false);
    expect(await ask(await start(), 'select number from kept')).toEqual([[42]]);
  });

  it('stop a server that a crash left over, and lose nothing', async () => {
    const { parent, pid } = await startApart();
    const server = await postmaster();
    for (const child of [parent, { pid }]) process.kill(child.pid ?? 0, 'SIGKILL');
    expect(await ends(pid)).toBe(true);
    expect(isAlive(server)).toBe(true);
    const second = await start();
    expect(isAlive(server)).toBe(false);
    expect(await ask(second, 'select count(*)::int from kept')).toEqual([[1000]]);
  });

  it('touch no stranger that was given the process id of a server', async () => {
    await (await start()).stop();
    const stranger = spawn('sleep', ['60']);
    const note = join(folder, 'postgres', 'postmaster.pid');
    await writeFile(note, `${stranger.pid}\n${join(folder, 'postgres')}\n0\n0\n\n127.0.0.1\n`);
    expect(await ask(await start(), 'select 1')).toEqual([[1]]);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    stranger.kill();
  });

  it('are not brought up twice on one folder', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(/Another Sluice \(process \d+\) uses .*SLUICE_DIR=/);
    expect(await ask(first, 'select 1')).toEqual([[1]]);
  });

  it('stop by themselves when whoever started them is killed', async () => {
    const { parent, pid } = await startApart();
    const server = await postmaster();
    parent.kill('SIGKILL');
    expect(await ends(pid)).toBe(true);
    expect(await ends(server)).toBe(true);
  });
});

describe('bringing everything up', () => {
  it('names a taken port and the next step, before anything else is done', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const child = spawn(process.execPath, ['--import', 'tsx', 'lib/local/start.ts'], {
      env: { ...process.env, PORT: String(port), SLUICE_DIR: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    other.close();
    expect(said).toContain(`Port ${port} is in use`);
    expect(said).toContain(`PORT=${port + 1} npm start`);
    expect(code).toBe(1);
  });

  it('names a variable that is missing or wrong', async () => {
    const { S3_BUCKET: bucket } = process.env;
    delete process.env.S3_BUCKET;
    try {
      await expect(bringUp({ folder, port: 0, host: '127.0.0.1' })).rejects.toThrow(
        /DATABASE_URL is set but S3_BUCKET is not/,
      );
    } finally {
      process.env.S3_BUCKET = bucket;
    }
    const child = spawn(process.execPath, ['--import', 'tsx', 'lib/local/start.ts'], {
      env: { ...process.env, PORT: 'eighty' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(said).toMatch(/PORT: .*Port of the web server/);
    expect(code).toBe(1);
  });
});
