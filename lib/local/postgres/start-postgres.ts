import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { ownObjects } from './own-objects';
import { drawPasswords, keepPasswords, readPasswords } from './passwords';
import { prepareRoles } from './prepare-roles';
import { postgresProgram, type RunsAs, runsAs } from './program';
import { ServerProcess, stopLeftover } from './server-process';
import { giveTo } from './socket-folder';

/** SQLSTATE invalid_password. */
const wrongPassword = '28P01';

const unknownPassword = (place: string) =>
  new Error(
    `The embedded database in ${place} has other passwords than the file beside it says. Were the two restored apart? Put back the file that belongs to it.`,
  );

export interface LocalPostgres {
  url: string;
  /** A connection string for another database on the same server, which is made if need be; for tests. */
  database(name: string): Promise<string>;
  /** Stops the server as a power cut would, without a checkpoint, and waits until it runs again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Where the server listens: at a socket in a folder, or at a port on 127.0.0.1. */
export type Listening = { socketFolder: string } | { port: number };

/**
 * Settings for a laptop: bulk loads are the load, so checkpoints are rare and WAL may grow to 2 GB first.
 * Everything that protects data (fsync, full_page_writes, synchronous_commit) stays as PostgreSQL ships it.
 * Errors of statements are not logged: they quote what is in people's files, and whoever made the statement is told.
 */
const settings = {
  max_connections: '60',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '15min',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** PostgreSQL does not run as root but as the user “postgres”, who must be able to enter the folder. */
async function assertFolderOpen(place: string): Promise<void> {
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
 * A cluster is made beside its place and moved there when complete, so a half-made one is never used. Nobody may
 * connect to it until it has its users.
 */
async function makeCluster(place: string, as: RunsAs): Promise<void> {
  const making = `${place}.making`;
  await rm(making, { recursive: true, force: true });
  await rm(place, { recursive: true, force: true });
  await mkdir(making, { mode: 0o700 });
  await giveTo(making, as);
  const args = ['--username=postgres', '--auth=reject', '--encoding=UTF8', '--locale=C.UTF-8'];
  const child = spawn(await postgresProgram('initdb'), [`--pgdata=${making}`, ...args], {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(`The embedded database could not be made in ${place}:\n${said}`);
  await rename(making, place);
}

/**
 * Starts the embedded PostgreSQL in a folder, makes its cluster first if there is none, and sees to it that it runs on.
 * @param folder of all that Sluice keeps on this machine
 * @param say is told what becomes of the server
 */
export async function startPostgres(
  folder: string,
  listening: Listening,
  say: (sentence: string) => void,
): Promise<LocalPostgres> {
  const place = join(folder, 'postgres');
  const passwordFile = join(folder, 'postgres-passwords.json');
  await mkdir(folder, { recursive: true });
  const as = await runsAs();
  if (as.uid !== undefined) await assertFolderOpen(place);
  await stopLeftover(place);
  if (!existsSync(join(place, 'PG_VERSION'))) {
    await makeCluster(place, as);
    await rm(passwordFile, { force: true });
  }
  await chmod(place, 0o700);
  const program = await postgresProgram('postgres');
  let passwords = await readPasswords(passwordFile);
  if (!passwords) {
    passwords = drawPasswords();
    await prepareRoles(program, place, as, passwords);
    await keepPasswords(passwordFile, passwords);
  }
  const isSocket = 'socketFolder' in listening;
  if (isSocket) await giveTo(listening.socketFolder, as);
  const connection = isSocket
    ? { host: listening.socketFolder }
    : { host: '127.0.0.1', port: listening.port };
  const asAdministrator = async <T>(
    database: string,
    work: (client: pg.Client) => Promise<T>,
  ): Promise<T> => {
    const client = new pg.Client({
      ...connection,
      user: 'postgres',
      password: passwords.postgres,
      database,
      connectionTimeoutMillis: 10_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const server = new ServerProcess({
    program,
    place,
    as,
    settings: {
      ...settings,
      listen_addresses: isSocket ? '' : '127.0.0.1',
      unix_socket_directories: isSocket ? listening.socketFolder : '',
      unix_socket_permissions: '0700',
      ...(isSocket ? {} : { port: String(listening.port) }),
    },
    logFile: `${place}.log`,
    answers: () =>
      asAdministrator('postgres', (client) => client.query('select 1')).then(
        () => true,
        (error: unknown) => {
          if (error instanceof pg.DatabaseError && error.code === wrongPassword) throw unknownPassword(place);
          return false;
        },
      ),
    say,
  });
  await server.start();

  const urlOf = (name: string) => {
    const user = `sluice:${passwords.sluice}`;
    return isSocket
      ? `postgresql://${user}@localhost/${name}?host=${encodeURIComponent(listening.socketFolder)}`
      : `postgresql://${user}@127.0.0.1:${listening.port}/${name}`;
  };
  const make = (name: string) =>
    asAdministrator('postgres', async (client) => {
      const { rows } = await client.query('select datdba = 10 as other from pg_database where datname = $1', [
        name,
      ]);
      if (rows.length === 0) await client.query(`create database "${name}" owner sluice`);
      else if (rows[0].other) await client.query(`alter database "${name}" owner to sluice`);
    });
  try {
    await make('sluice');
    await asAdministrator('sluice', ownObjects);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url: urlOf('sluice'),
    database: async (name) => {
      await make(name);
      // Tests copy databases, act as the roles that they make, and try what a restore may do.
      await asAdministrator('postgres', async (client) => {
        await client.query('alter role sluice createdb');
        await client.query(`alter role sluice set createrole_self_grant to 'set, inherit'`);
        await client.query('grant set on parameter session_replication_role to sluice');
      });
      return urlOf(name);
    },
    crash: () => server.crash(),
    stop: () => server.stop(),
  };
}
