import { once } from 'node:events';
import { rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTemporaryFolder } from '@/testing/temporary-folder';
import { freePort } from '../run-services';
import { findRunning, noteRunning } from './running';

let folder = '';
const ends: (() => void)[] = [];
beforeEach(async () => {
  folder = await openTemporaryFolder('sluice-running-');
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await rm(folder, { recursive: true, force: true });
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(await freePort(), '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close().closeAllConnections());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
const key = 'of this folder';
const write = (note: unknown) =>
  writeFile(join(folder, 'running.json'), typeof note === 'string' ? note : JSON.stringify(note));

it('finds a Sluice that answers, also one whose database does not, until its note is taken away', async () => {
  let status = 200;
  const url = await serve((_, answer) =>
    answer.writeHead(status).end(JSON.stringify({ status: status === 200 ? 'ok' : 'unavailable' })),
  );
  const forget = await noteRunning(folder, { url, key });
  expect(await findRunning(folder)).toEqual({ pid: process.pid, url, key });
  expect((await stat(join(folder, 'running.json'))).mode & 0o077).toBe(0);
  status = 503;
  expect(await findRunning(folder)).toEqual({ pid: process.pid, url, key });
  await forget();
  expect(await findRunning(folder)).toBeNull();
});

it('does not believe a note whose process is gone', async () => {
  const url = await serve((_, answer) => answer.end('{"status":"ok"}'));
  await write({ pid: 2 ** 22 + 1, url, key });
  expect(await findRunning(folder)).toBeNull();
});

it('does not believe a note whose process id was given to another program', async () => {
  await write({ pid: process.pid, url: `http://127.0.0.1:${await freePort()}`, key });
  expect(await findRunning(folder)).toBeNull();
  const another = await serve((_, answer) => answer.writeHead(404).end('<h1>Not here</h1>'));
  await write({ pid: process.pid, url: another, key });
  expect(await findRunning(folder)).toBeNull();
});

it.each(['', 'null', '{"pid":', '{"pid":"x"}', '{"pid":1,"url":"nowhere"}'])(
  'does not trip over %j',
  async (note) => {
    await write(note);
    expect(await findRunning(folder)).toBeNull();
  },
);
