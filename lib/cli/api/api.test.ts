import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, it, vi } from 'vitest';
import { apiOf, type Server } from './api';

async function serverThat(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  if (typeof at !== 'object' || at === null) throw new Error('The server has no port.');
  return { server, there: { url: `http://127.0.0.1:${at.port}`, credential: () => undefined } };
}

const begin = (there: Server) => apiOf(there).post('/imports', { body: { fileName: 'a.csv', fileSize: 1 } });

it('repeats a request whose answer was lost, with the same key, and a new request with another', async () => {
  const keys: unknown[] = [];
  const { server, there } = await serverThat((request, response) => {
    keys.push(request.headers['idempotency-key']);
    if (keys.length === 1) request.socket.destroy();
    else if (keys.length === 2) response.writeHead(503).end();
    else response.end('{"ok":true}');
  });
  expect(await begin(there)).toEqual({ ok: true });
  await begin(there);
  expect(keys).toHaveLength(4);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys.slice(1, 3)).toEqual([keys[0], keys[0]]);
  expect(keys[3]).not.toBe(keys[0]);
  server.close();
});

it.each([502, 503, 504])('asks again after an answer of %s, which an outage gives', async (status) => {
  let asked = 0;
  const { server, there } = await serverThat((_request, response) => {
    asked += 1;
    if (asked === 1) response.writeHead(status).end();
    else response.end('{"ok":true}');
  });
  expect(await begin(there)).toEqual({ ok: true });
  expect(asked).toBe(2);
  server.close();
});

it('says what the server says of a request that it refuses, and asks no second time', async () => {
  let asked = 0;
  const { server, there } = await serverThat((_request, response) => {
    asked += 1;
    const said = asked === 1 ? '{"error":{"code":"not-found","message":"No such thing."}}' : 'not JSON';
    response.writeHead(404).end(said);
  });
  await expect(begin(there)).rejects.toMatchObject({
    code: 'not-found',
    status: 404,
    message: 'No such thing.',
  });
  await expect(begin(there)).rejects.toMatchObject({ code: 'unknown', status: 404 });
  expect(asked).toBe(2);
  server.close();
});

it('asks again when the server says that this is one too many for now, after as many seconds', async () => {
  const asked: number[] = [];
  const { server, there } = await serverThat((_request, response) => {
    asked.push(performance.now());
    if (asked.length < 3)
      response.writeHead(429, { 'retry-after': '0.3' }).end('{"error":{"message":"Go on in 0 s."}}');
    else response.end('{"ok":true}');
  });
  expect(await begin(there)).toEqual({ ok: true });
  expect(asked).toHaveLength(3);
  const [first = 0, , last = 0] = asked;
  expect(last - first).toBeGreaterThan(500);
  server.close();
});

it('waits for as long as a server asks that cannot do its work right now, however often, and says why once', async () => {
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  let asked = 0;
  const { server, there } = await serverThat((_request, response) => {
    asked += 1;
    if (asked < 8)
      response.writeHead(503, { 'retry-after': '0' }).end('{"error":{"message":"Too much to do."}}');
    else response.end('{"ok":true}');
  });
  expect(await begin(there)).toEqual({ ok: true });
  expect(asked).toBe(8);
  expect(told.mock.calls).toEqual([['Too much to do.\n']]);
  told.mockRestore();
  server.close();
});
