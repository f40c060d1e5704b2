import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Administrator, type Listening } from './administrator';
import { ownObjects } from './own-objects';
import { drawPasswords, keepPasswords, readPasswords } from './passwords';
import { prepareRoles } from './prepare-roles';
import { postgresProgram, type RunsAs, runsAs } from './program';
import { ServerProcess, stopLeftover } from './server-process';
import { giveTo } from './socket-folder';

export interface LocalPostgres {
  url: string;
  /** A connection string for another database on the same server, which is made if need be; for tests. */
  database(name: string): Promise<string>;
  /** Stops the server as a power cut would, without a checkpoint, and waits until it runs again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

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
  if ('socketFolder' in listening) await giveTo(listening.socketFolder, as);
  const administrator = new Administrator(listening, passwords, place);
  const server = new ServerProcess({
    program,
    place,
    as,
    settings: { ...settings, ...listeningSettings(listening) },
    logFile: `${place}.log`,
    answers: () => administrator.isAnswered(),
    say,
  });
  await server.start();
  try {
    await administrator.makeDatabase('sluice');
    await administrator.run('sluice', ownObjects);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url: administrator.urlOf('sluice'),
    database: async (name) => {
      await administrator.makeDatabase(name);
      await administrator.allowTests();
      return administrator.urlOf(name);
    },
    crash: () => server.crash(),
    stop: () => server.stop(),
  };
}

function listeningSettings(listening: Listening): Record<string, string> {
  const isSocket = 'socketFolder' in listening;
  return {
    listen_addresses: isSocket ? '' : '127.0.0.1',
    unix_socket_directories: isSocket ? listening.socketFolder : '',
    unix_socket_permissions: '0700',
    ...(isSocket ? {} : { port: String(listening.port) }),
  };
}
