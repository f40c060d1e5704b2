import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { call } from './api';

async function serverThat(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  if (typeof at !== 'object' || at === null) throw new Error('The server has no port.');
  return { server, there: { url: `http://127.0.0.1:${at.port}`, credential: () => undefined } };
}

it('repeats a request whose answer was lost, with the same key, and a new request with another', async () => {
  const keys: unknown[] = [];
  const { server, there } = await serverThat((request, response) => {
    keys.push(request.headers['idempotency-key']);
    if (keys.length === 1) request.socket.destroy();
    else if (keys.length === 2) response.writeHead(503).end();
    else response.end('{"ok":true}');
  });
  expect(await call(there, 'POST', '/api/imports', {})).toEqual({ ok: true });
  await call(there, 'POST', '/api/imports', {});
  expect(keys).toHaveLength(4);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys.slice(1, 3)).toEqual([keys[0], keys[0]]);
  expect(keys[3]).not.toBe(keys[0]);
  server.close();
});

it('asks again when the server says that this is one too many for now', async () => {
  let asked = 0;
  const { server, there } = await serverThat((_request, response) => {
    asked += 1;
    if (asked < 3)
      response.writeHead(429, { 'retry-after': '0' }).end('{"error":{"message":"Go on in 0 s."}}');
    else response.end('{"ok":true}');
  });
  expect(await call(there, 'POST', '/api/imports', {})).toEqual({ ok: true });
  expect(asked).toBe(3);
  server.close();
});

it('waits for as long as a server asks that cannot do its work right now, however often, and goes on', async () => {
  let asked = 0;
  const { server, there } = await serverThat((_request, response) => {
    asked += 1;
    if (asked < 8)
      response.writeHead(503, { 'retry-after': '0' }).end('{"error":{"message":"Too much to do."}}');
    else response.end('{"ok":true}');
  });
  expect(await call(there, 'POST', '/api/imports', {})).toEqual({ ok: true });
  expect(asked).toBe(8);
  server.close();
});
