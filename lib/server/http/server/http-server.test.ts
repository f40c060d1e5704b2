import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { closing } from '@/lib/server/platform/closing';
import { MiB } from '@/lib/shared/bytes';
import { type Handle, type HttpServer, httpServer, mostWaiting, patience } from './http-server';

const open: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
  // One process stops once; here it stops several times.
  Reflect.deleteProperty(globalThis, 'sluiceClosing');
});

async function serve(handle: Handle, limits = patience): Promise<{ server: HttpServer; port: number }> {
  const server = httpServer(handle, limits);
  open.push(server);
  return { server, port: await server.listen(0, '127.0.0.1') };
}

/** What a connection answers to these bytes, until the server closes it. */
async function answerTo(port: number, text: string, drip = ''): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (piece) => (answer += String(piece)));
  let failure: Error | undefined;
  socket.on('error', (error) => (failure = error));
  socket.write(text);
  const dripping = drip ? setInterval(() => socket.write(drip), 50) : undefined;
  await once(socket, 'close');
  clearInterval(dripping);
  if (failure?.message.includes('ECONNREFUSED')) throw failure;
  return answer;
}

const get = (path: string, method = 'GET') =>
  `${method} ${path} HTTP/1.1\r\nhost: sluice.test\r\nconnection: close\r\n\r\n`;
const fine: Handle = async (_request, response) => void response.end('fine');

function expectSecurityHeaders(answer: string): void {
  for (const header of ['x-content-type-options', 'x-frame-options', 'referrer-policy', 'permissions-policy'])
    expect(answer.toLowerCase()).toContain(`${header}: `);
  expect(answer).toContain("default-src 'none'");
}

describe('every answer has the security headers', () => {
  it.each([
    ['a path that is no text', '/%ff', 400],
    ['a path that is no text, under the API', '/api/v1/imports/%ff', 400],
    ['half a character', '/datasets/%E4', 400],
    ['half an escape', '/imports/%', 400],
    ['a NUL', '/imports/%00', 404],
    ['what works', '/imports?q=%ff', 200],
  ])('%s', async (_, path, status) => {
    const { port } = await serve(fine);
    const answer = await answerTo(port, get(path));
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expectSecurityHeaders(answer);
    if (path.startsWith('/api/')) expect(answer).toContain('{"error":{"code":"bad-request"');
  });

  it('a redirect that somebody else writes, and a handler that fails', async () => {
    const { port } = await serve(async (request, response) => {
      if (request.url === '/fails') throw new Error('as expected');
      response.writeHead(308, { location: '/elsewhere' }).end();
    });
    for (const [path, status] of [
      ['/there/', 308],
      ['/fails', 500],
    ] as const) {
      const answer = await answerTo(port, get(path));
      expect(answer).toContain(`HTTP/1.1 ${status} `);
      expectSecurityHeaders(answer);
      expect(answer).not.toContain('as expected');
    }
  });

  it('what is no HTTP, and headers without end', async () => {
    const { port } = await serve(fine);
    for (const [text, status] of [
      ['SSH-2.0-nothing\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\nhost: x\r\nlong: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ] as const) {
      const answer = await answerTo(port, text);
      expect(answer).toContain(`HTTP/1.1 ${status} `);
      expectSecurityHeaders(answer);
    }
  });

  it('https is insisted on where a proxy says that the browser came by it', async () => {
    const { port } = await serve(fine);
    const with_ = (scheme: string) =>
      answerTo(port, get('/').replace('\r\n\r\n', `\r\nx-forwarded-proto: ${scheme}\r\n\r\n`));
    expect(await with_('https')).toContain('Strict-Transport-Security: max-age=');
    expect(await with_('http')).not.toContain('Strict-Transport-Security');
  });
});

describe('what reaches the handler', () => {
  it('a whole address comes as its path, and an upgrade as a plain request', async () => {
    const seen: string[] = [];
    const { port } = await serve(async (request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.end();
    });
    await answerTo(port, get('http://evil.test/imports?q=1'));
    await answerTo(
      port,
      get('/live').replace('connection: close', 'connection: upgrade, close\r\nupgrade: x'),
    );
    expect(seen).toEqual(['GET /imports?q=1', 'GET /live']);
  });

  it.each(['TRACE /api/v1/imports', 'TRACE /', 'POST /imports', 'PUT /', 'OPTIONS /', 'OPTIONS *'])(
    'not %s',
    async (line) => {
      const [method = '', path = ''] = line.split(' ');
      const { port } = await serve(fine);
      const answer = await answerTo(port, get(path, method));
      expect(answer).toMatch(path === '*' ? /^HTTP\/1\.1 400 / : /^HTTP\/1\.1 405 /);
      expectSecurityHeaders(answer);
    },
  );
});

describe('clients that dawdle are sent away', () => {
  const short = { ...patience, headers: 200, wholeRequest: 400, lookEvery: 50, silence: 300 };
  const readAll: Handle = async (request, response) => {
    for await (const _piece of request);
    response.end('all');
  };

  it.each([
    ['says nothing', '', ''],
    ['sends headers bit by bit', 'GET / HTTP/1.1\r\nhost: x\r\n', 'x-more: 1\r\n'],
    ['sends a body bit by bit', 'POST /api/x HTTP/1.1\r\nhost: x\r\ncontent-length: 9999\r\n\r\n', 'x'],
    ['stops in the middle of a body', 'POST /api/x HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nab', ''],
  ])('one that %s', async (_, text, drip) => {
    const { port } = await serve(readAll, short);
    expect(await answerTo(port, text, drip)).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it('one that does not read its answer', async () => {
    const ended = Promise.withResolvers<boolean>();
    const { port } = await serve(async (_request, response) => {
      response.on('close', () => ended.resolve(response.writableFinished));
      response.end(Buffer.alloc(64 * MiB));
    }, short);
    const socket = connect(port, '127.0.0.1').pause();
    socket.on('error', () => undefined);
    socket.write(get('/'));
    expect(await ended.promise).toBe(false);
    socket.destroy();
  });

  it('none waits longer than these bounds', () => {
    expect(patience.headers + patience.lookEvery).toBeLessThanOrEqual(15_000);
    expect(patience.wholeRequest).toBeLessThanOrEqual(30_000);
  });
});

describe('a server that stops', () => {
  it('ends streams, finishes running requests, and then is gone', async () => {
    const running = Promise.withResolvers<void>();
    const { server, port } = await serve(async (request, response) => {
      if (request.url === '/stream') {
        response.write('began ');
        closing().addEventListener('abort', () => response.end('left'));
      } else {
        running.resolve();
        await sleep(300);
        response.end('finished');
      }
    });
    const kept = get('/slow').replace('connection: close', 'connection: keep-alive');
    const answers = Promise.all(
      [...Array(10).fill(get('/stream')), kept].map((text) => answerTo(port, text)),
    );
    await running.promise;
    expect(await server.close()).toBe(0);
    open.length = 0;
    const [last, ...streams] = (await answers).reverse();
    expect(last).toContain('finished');
    expect(last?.toLowerCase()).toContain('connection: close');
    expect(streams).toHaveLength(10);
    for (const stream of streams) expect(stream).toMatch(/began[\s\S]*left/);
    await expect(answerTo(port, get('/'))).rejects.toThrow('ECONNREFUSED');
  });

  it('cuts what does not end, so that it is seen to be incomplete', async () => {
    const asked = Promise.withResolvers<void>();
    const { server, port } = await serve(
      async (_request, response) => {
        response.write('the first half');
        asked.resolve();
      },
      { ...patience, finish: 200 },
    );
    const answer = answerTo(port, get('/endless'));
    await asked.promise;
    expect(await server.close()).toBe(1);
    open.length = 0;
    expect(await answer).toContain('the first half');
    expect(await answer).not.toContain('\r\n0\r\n');
  });

  it('leaves room before a platform kills it', () => {
    expect(patience.finish).toBeLessThan(10_000);
  });
});

it('requests beyond what can wait are told to come back, and streams that have begun do not count', async () => {
  const go = Promise.withResolvers<void>();
  let handled = 0;
  const { port } = await serve(async (request, response) => {
    if (request.url === '/api/v1/events') return void response.writeHead(200).write('retry: 1000\n\n');
    handled++;
    await go.promise;
    response.end('fine');
  });
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const streams = await Promise.all(Array.from({ length: 20 }, () => ask('/api/v1/events')));
  const first = Array.from({ length: mostWaiting }, () => ask('/api/v1/imports'));
  while (handled < mostWaiting) await sleep(10);
  const refused = await Promise.all(Array.from({ length: 50 }, () => ask('/api/v1/imports')));
  for (const answer of refused) {
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await answer.json()).toMatchObject({ error: { code: 'unavailable' } });
  }
  expect(handled).toBe(mostWaiting);
  const health = ask('/api/health');
  while (handled === mostWaiting) await sleep(10);
  go.resolve();
  for (const answer of await Promise.all([...first, health])) expect(answer.status).toBe(200);
  expect((await ask('/api/v1/imports')).status).toBe(200);
  for (const { body } of streams) await body?.cancel();
});
