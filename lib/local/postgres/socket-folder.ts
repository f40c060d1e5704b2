import { once } from 'node:events';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The name that PostgreSQL gives its socket, and the longest path that the systems take (macOS; Linux takes 107). */
const socketName = '.s.PGSQL.5432';
const maxPath = 103;

export interface SocketFolder {
  path: string;
  /** Removes it where it is not part of the data folder. */
  remove(): Promise<void>;
}

/** Whether a socket can be made there: some file systems, and Windows, have none. */
async function takesSockets(folder: string): Promise<boolean> {
  const path = join(folder, socketName);
  if (platform() === 'win32' || Buffer.byteLength(path) > maxPath) return false;
  const probe = join(folder, '.probe');
  const server = createServer();
  try {
    await rm(probe, { force: true });
    server.listen(probe);
    await Promise.race([
      once(server, 'listening'),
      once(server, 'error').then(([error]) => Promise.reject(error)),
    ]);
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}

/**
 * A folder for the database's socket that only its own user may enter: in the data folder where its path is short
 * enough, else among the system's temporary files. Null where sockets cannot be made.
 */
export async function openSocketFolder(folder: string): Promise<SocketFolder | null> {
  const inside = join(folder, 'socket');
  await mkdir(inside, { recursive: true, mode: 0o700 });
  if (await takesSockets(inside)) return { path: inside, remove: async () => undefined };
  await rm(inside, { recursive: true, force: true });
  const outside = await mkdtemp(join(tmpdir(), 'sluice-'));
  if (await takesSockets(outside))
    return { path: outside, remove: () => rm(outside, { recursive: true, force: true }) };
  await rm(outside, { recursive: true, force: true });
  return null;
}

/** Gives the folder to the user that the database runs as. */
export async function giveTo(folder: string, { uid, gid }: { uid?: number; gid?: number }): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
}
