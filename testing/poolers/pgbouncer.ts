import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openTemporaryFolder } from '../temporary-folder';
import type { Pooler } from './pooler';

/** The user that it runs as where the tests run as root, as which it refuses to run. */
const nobody = 65_534;

/** Debian's PgBouncer before a database, with its settings as they come but for pooling transactions. */
export async function openPgBouncer(program: string, databaseUrl: string): Promise<Pooler> {
  const target = new URL(databaseUrl);
  const folder = await openTemporaryFolder('sluice-pgbouncer-');
  const port = await freePort();
  const [config, users] = [join(folder, 'pgbouncer.ini'), join(folder, 'users.txt')];
  await writeFile(users, `"${target.username}" "${decodeURIComponent(target.password)}"\n`);
  await writeFile(
    config,
    `[databases]
* = host=${target.hostname} port=${target.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
`,
  );
  if (process.getuid?.() === 0) for (const path of [folder, config, users]) await chown(path, nobody, nobody);
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  let child = await started(program, config, url.href);
  return {
    url: url.href,
    restart: async () => {
      await end(child);
      child = await started(program, config, url.href);
    },
    close: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts it; resolves when the database answers through it. */
async function started(program: string, config: string, url: string): Promise<ChildProcess> {
  const child = spawn(program, [config], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}),
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  for (let tries = 0; !(await answers(url)); tries++) {
    if (tries === 100 || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error(`PgBouncer did not start:\n${said}`);
    }
    await sleep(50);
  }
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  server.close();
  await once(server, 'close');
  if (typeof at !== 'object' || at === null) throw new Error('There is no free port.');
  return at.port;
}
