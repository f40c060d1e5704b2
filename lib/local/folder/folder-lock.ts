import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const lock = z.object({ pid: z.number().int(), port: z.number().int(), token: z.string() });
type Lock = z.infer<typeof lock>;

const fileIn = (folder: string) => join(folder, 'lock.json');

async function readLock(folder: string): Promise<Lock | null> {
  const content = await readFile(fileIn(folder), 'utf8').catch(() => '');
  try {
    return lock.parse(JSON.parse(content));
  } catch {
    return null;
  }
}

/** Whether the one who wrote the lock still answers with its token. Process ids are given out again; tokens are not. */
async function isHeld({ port, token }: Lock): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(2_000, () => socket.destroy(new Error('silent')));
  return text(socket).then(
    (answer) => answer === token,
    () => false,
  );
}

/**
 * Takes a folder for this process, for as long as it lives: two databases on one folder would destroy it.
 * @returns lets go of it
 * @throws Error with a sentence when another living process has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const refuse = async () => {
    const other = await readLock(folder);
    if (other && (await isHeld(other))) {
      throw new Error(
        `Another Sluice (process ${other.pid}) uses ${folder}. Stop it, or take another folder: SLUICE_DIR=.sluice-2 npm start`,
      );
    }
  };
  await refuse();
  const token = randomUUID();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(token);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port is free for the lock.');
  await writeFile(fileIn(folder), JSON.stringify({ pid: process.pid, port: address.port, token }), {
    mode: 0o600,
  });
  // Two that start in the same moment both get here: the later writer has it, the earlier one sees that.
  await sleep(100);
  if ((await readLock(folder))?.token !== token) {
    server.close();
    await refuse();
    throw new Error(`Another Sluice took ${folder} in this moment.`);
  }
  return async () => {
    server.close();
    if ((await readLock(folder))?.token === token) await rm(fileIn(folder), { force: true });
  };
}
