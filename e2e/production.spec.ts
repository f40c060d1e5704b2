import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { get } from 'node:http';
import { connect } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { freePort, runServices, type Services } from '@/lib/local/run-services';
import { Caller } from '../testing/over-http';
import { openStreams } from '../testing/streams';
import { openTemporaryFolder } from '../testing/temporary-folder';
import { firstVisit } from '../testing/visit';

/** The command of a process, as the Procfile has it. */
function commandOf(name: string): string[] {
  const line = new RegExp(`^${name}: (.*)$`, 'm').exec(readFileSync('Procfile', 'utf8'))?.[1] ?? '';
  return line.split(' ');
}

/** A machine to which nothing but the production tree was copied. */
class Machine {
  private readonly running: ChildProcess[] = [];
  constructor(
    readonly folder: string,
    readonly services: Services,
    private readonly environment: Record<string, string>,
  ) {}

  start(name: string): ChildProcess {
    const [command = '', ...args] = commandOf(name);
    const child = spawn(command, args, {
      cwd: this.folder,
      // Nothing of this process: no module path, no npm.
      env: {
        NODE_ENV: 'production',
        PATH: `${dirname(process.execPath)}${delimiter}/usr/bin${delimiter}/bin`,
        ...this.environment,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.on('data', (piece: Buffer) => (this.log += piece.toString()));
    this.running.push(child);
    return child;
  }

  log = '';

  async close(): Promise<void> {
    for (const child of this.running) if (child.exitCode === null) child.kill('SIGKILL');
    await this.services.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function bytesUnder(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** The most memory that a process ever held, in MB. */
const peakOf = ({ pid }: ChildProcess) =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);

let machine: Machine;
let url = '';

test.beforeAll(async () => {
  test.setTimeout(120_000);
  const data = await openTemporaryFolder('sluice-production-data-');
  const folder = await openTemporaryFolder('sluice-production-');
  execFileSync(process.execPath, ['--import', 'tsx', 'lib/local/build/package-tree.ts', folder]);
  const services = await runServices(data);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  machine = new Machine(folder, services, {
    ...services.environment,
    PORT: String(port),
    AUTH_SECRET: 'of this machine, and of no use elsewhere',
    LOG_LEVEL: 'info',
  });
});
test.afterAll(async () => machine?.close());

async function untilItAnswers(web: ChildProcess): Promise<void> {
  while (web.exitCode === null) {
    if (
      await fetch(`${url}/api/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new Error(`The web server ended:\n${machine.log}`);
}

test('release, web and worker run out of the tree, and SIGTERM ends the web server with streams and an export running', async () => {
  test.setTimeout(180_000);
  expect(bytesUnder(machine.folder)).toBeLessThan(350e6);
  for (const name of [
    'node_modules/typescript',
    'node_modules/prisma',
    'node_modules/@next/swc',
    '.next/cache',
  ])
    expect(existsSync(join(machine.folder, name)), name).toBe(false);
  // Modules that routes have in common are there once: each copy would be held in memory.
  const modules = readdirSync(join(machine.folder, '.next/server/chunks'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(machine.folder, '.next/server/chunks', name), 'utf8'))
    .map((text) => text.replace(/\/\/# sourceMappingURL=.*/, '').trim())
    .filter((text) => text.length > 1_000);
  expect(modules.length).toBeGreaterThan(50);
  expect(new Set(modules).size).toBe(modules.length);
  const [released] = await once(machine.start('release'), 'exit');
  expect(released, machine.log).toBe(0);

  const web = machine.start('web');
  const worker = machine.start('worker');
  await untilItAnswers(web);
  const { cookie } = await firstVisit({ url, secret: 'of this machine, and of no use elsewhere' });
  const me = new Caller(url, cookie);
  const page = await (await me.ask('GET', '/imports')).text();
  const scripts = [...page.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, src = '']) => src);
  expect(scripts.length).toBeGreaterThan(0);
  for (const src of scripts) expect((await fetch(new URL(src, url))).status).toBe(200);

  // Twice 15 MB: more than lies in the buffers between a server and a client that does not read.
  const lines = Array.from({ length: 150_000 }, (_, i) => `${i},${'some words '.repeat(8)}${i}\n`);
  const content = `n,words\n${lines.join('')}`;
  let dataset: object = { name: 'Production' };
  let slug = '';
  for (let i = 0; i < 2; i++) {
    const inspected = await me.upload('production.csv', content);
    const confirmed = { ...me.confirmation(inspected, ''), dataset };
    await me.call('POST', `/api/v1/imports/${inspected.id}/start`, confirmed);
    const done = await me.until(inspected.id, ['COMPLETED', 'FAILED']);
    expect(done.rows).toMatchObject({ read: 150_000, inserted: 150_000 });
    dataset = { id: done.dataset?.id };
    slug = done.dataset?.slug ?? '';
  }

  // What another program of the tree reads for the worker.
  const old = await me.upload('old.xls', `<table>${'<tr><td>n</td><td>word</td></tr>'.repeat(3)}</table>`);
  expect(old.inspection?.columns.map(({ name }) => name)).toEqual(['n', 'word']);

  // Its memory once it has served every page, with ten streams and four exports.
  for (const path of ['', 'imports', 'datasets', `datasets/${slug}`, `imports/${old.id}`, 'account'])
    expect((await me.ask('GET', `/${path}`)).status).toBe(200);
  for (const path of ['admin/audit', 'admin/users', 'api-reference', 'api/v1/openapi.json'])
    expect((await me.ask('GET', `/${path}`)).status).toBe(200);
  const streams = await openStreams(url, { cookie }, 10);
  const path = `/api/v1/datasets/${slug}/export?format=csv`;
  const exported = async () => (await me.ask('GET', path)).text();
  const [whole = '', ...others] = await Promise.all([exported(), exported(), exported(), exported()]);
  const rowsOf = (text: string) => text.trimEnd().split('\n').length - 1;
  expect(rowsOf(whole)).toBe(300_000);
  for (const other of others) expect(other === whole).toBe(true);
  expect(peakOf(web)).toBeLessThan(256);

  const big = 'content-type: application/json\r\ncontent-length: 100000\r\n\r\n{"fileName":"';
  for (const [line, rest, after] of [
    ['GET /imports', '\r\n', 0],
    [`GET /datasets/${slug}`, '\r\n', 1],
    ['GET /api/v1/events', '\r\n', 1],
    [`GET ${path}`, '\r\n', 0],
    [`GET ${path}`, '\r\n', 100_000],
    ['POST /api/v1/imports', big, 0],
    ['POST /api/v1/session', big, 0],
  ] as const)
    await goAway(`${line} HTTP/1.1\r\nhost: x\r\norigin: http://x\r\ncookie: ${cookie}\r\n${rest}`, after);

  // One export goes on to its end; another is not read at all.
  const reading = await heldExport(path, cookie);
  const unread = await heldExport(path, cookie);
  const ended = once(web, 'exit');
  web.kill('SIGTERM');
  for (const { ended: text } of streams) expect(await text).toMatch(/retry: \d+\n\n$/);
  expect(await reading.rest()).toBe(whole);
  expect(await ended).toEqual([0, null]);
  await expect(unread.rest()).rejects.toThrow('aborted');

  const workerEnded = once(worker, 'exit');
  worker.kill('SIGTERM');
  expect(await workerEnded).toEqual([0, null]);
  expect(machine.log).toContain('the web server is ready');
  // Clients that went away are nothing to write down.
  expect(machine.log).not.toMatch(/"stack"|^\s+at |aborted|ECONNRESET/m);
});

/** A client that is gone once it got so many bytes of its answer; without any, as soon as it has asked. */
async function goAway(request: string, after: number): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let got = 0;
  socket.on('data', (piece: Buffer) => {
    got += piece.length;
    if (got >= after && after > 0) socket.destroy();
  });
  socket.write(request, () => {
    // The server has begun with it by then.
    if (after === 0) setTimeout(() => socket.destroy(), 20);
  });
  await once(socket, 'close');
  expect(got).toBeGreaterThanOrEqual(after);
}

/** An export whose head has come, and of which nothing more is read for now. */
async function heldExport(path: string, cookie: string): Promise<{ rest(): Promise<string> }> {
  const request = get(new URL(path, url), { headers: { cookie }, agent: false });
  const [answer] = await once(request, 'response');
  answer.pause();
  return {
    rest: async () => {
      const pieces: Buffer[] = [];
      for await (const piece of answer) pieces.push(piece);
      return Buffer.concat(pieces).toString('utf8');
    },
  };
}
