import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { bringUp } from '@/lib/local/bring-up';
import { ApiDocument } from '@/testing/api-document';
import { openTemporaryFolder } from '@/testing/temporary-folder';
import { fuzz } from './fuzz';
import { People } from './people';

/** `npm run test:fuzz` asks more, and another seed each time. */
const runs = Number(process.env.FUZZ_RUNS ?? 20);
const seed = Number(process.env.FUZZ_SEED ?? (process.env.FUZZ_RUNS ? Date.now() % 2 ** 31 : 4711));

/** What would stop a fuzzer before it came to anything. */
const generous = {
  RATE_IMPORTS: '1000000000',
  RATE_ADDRESSES: '1000000000',
  RATE_CHANGES: '1000000000',
  RATE_SIGN_INS: '1000000000',
  RATE_VISITORS: '1000000000',
  MAX_USER_UPLOADS: '1000000000',
  MAX_TOTAL_UPLOADS: '1000000000',
  MAX_USER_BYTES: '9007199254740991',
  MAX_TOTAL_BYTES: '9007199254740991',
  LOG_LEVEL: 'error',
};

let stop = async (): Promise<void> => undefined;
let logged = '';
let people: People;
let document: ApiDocument;
let url = '';

test.beforeAll(async () => {
  const folder = await openTemporaryFolder('sluice-fuzz-');
  const before = { ...process.env };
  Object.assign(process.env, generous);
  const sluice = await bringUp({ folder, port: 0, host: '127.0.0.1', logs: 'pipe' });
  for (const name of Object.keys(generous)) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  for (const { stdout, stderr } of [sluice.web, sluice.worker]) {
    for (const stream of [stdout, stderr])
      stream?.on('data', (piece: Buffer) => (logged += piece.toString()));
  }
  stop = async () => {
    await sluice.stop();
    await rm(folder, { recursive: true, force: true });
  };
  url = sluice.url;
  document = ApiDocument.parse(await (await fetch(`${url}/api/v1/openapi.json`)).json());
  people = new People(url);
  await people.settle(sluice);
});

test.afterAll(() => stop());

test('whatever is asked, every operation answers as documented, never 5xx, and nothing to nobody', async () => {
  test.setTimeout(60_000 + 50 * runs * 1_000);
  const table: string[] = [];
  const wrong: string[] = [];
  // What deletes comes last, or there would be nothing to ask the others about.
  let things = await people.things();
  const isLast = ({ method }: { method: string }) => Number(method === 'DELETE');
  for (const operation of document.operations.toSorted((a, b) => isLast(a) - isLast(b))) {
    // Reading leaves everything as it is, so the next may ask about the same.
    if (operation.path.includes('{') && operation.method !== 'GET') things = await people.things();
    const given = { askers: await people.askers(), things, seed, runs };
    await fuzz(url, document, operation, given).then(
      (seen) => {
        const counts = [...seen].sort().map(([status, times]) => `${status}×${times}`);
        table.push(`${operation.name}  ${counts.join(' ')}`);
      },
      (error: unknown) => wrong.push(error instanceof Error ? error.message : String(error)),
    );
  }
  if (process.env.FUZZ_RUNS) process.stdout.write(`seed ${seed}\n${table.join('\n')}\n`);
  expect(wrong.map((text) => text.slice(0, 2_000)).join('\n\n')).toBe('');
  // It came far enough to mean something: most operations did what they are for at least once.
  const succeeded = table.filter((line) => / (200|201|302)×/.test(line));
  expect(succeeded.length, table.join('\n')).toBeGreaterThan(document.operations.length * 0.5);
  expect(logged).not.toContain('request failed');
});

test('what Postgres cannot store or compare is refused in words', async () => {
  const [owner] = await people.askers();
  const headers = { ...owner?.headers, 'content-type': 'application/json' };
  for (const name of ['a\0b', '\ud800']) {
    const body = JSON.stringify({ name, scopes: ['imports:read'], days: 1 });
    const answer = await fetch(`${url}/api/v1/account/tokens`, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('NUL or half of a surrogate pair');
    const made = await fetch(`${url}/api/v1/imports`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ fileName: `${name}.csv`, fileSize: 1 }),
    });
    expect(made.status, 'a file may be called anything').toBe(201);
  }
  for (const query of ['before=2147483648', 'before=9007199254740991', 'q=%00']) {
    expect((await fetch(`${url}/api/v1/imports?${query}`, { headers })).status, query).toBe(400);
  }
});

test('a method that an address does not have is refused, TRACE with it, and no answer shows the request', async () => {
  const { hostname, port, host } = new URL(url);
  const paths = [...new Set(document.operations.map(({ path }) => path.replaceAll(/\{\w+\}/g, 'x')))];
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'TRACK', 'CONNECT', 'PROPFIND'];
  const pages = ['/', '/imports', '/no-such-page', '/icon.svg'];
  for (const path of [...pages, ...paths]) {
    const known = document.operations
      .filter((operation) => operation.path.replaceAll(/\{\w+\}/g, 'x') === path)
      .map(({ method }): string => method);
    for (const method of methods.filter((name) => !known.includes(name))) {
      const socket = connect(Number(port), hostname);
      let answer = '';
      socket.on('data', (piece) => (answer += String(piece)));
      socket.on('error', () => undefined);
      socket.write(
        `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nx-secret: 4711-4711\r\nconnection: close\r\n\r\n`,
      );
      await once(socket, 'close');
      expect(answer).not.toContain('4711-4711');
      // Node closes a CONNECT, and what it cannot parse, without an answer or with 400.
      if (answer === '' && ['CONNECT', 'TRACK'].includes(method)) continue;
      // Next shows a page whatever the method: it is an empty frame.
      const right = pages.includes(path) && method !== 'TRACE' ? /[2-4]/ : /4/;
      expect(answer, `${method} ${path}`).toMatch(new RegExp(`^HTTP/1\\.1 ${right.source}\\d\\d `));
      if (method === 'TRACE') expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    }
  }
});
