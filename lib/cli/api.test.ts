import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { call } from './api';

it('asks again when the server says that this is one too many for now', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (asked < 3)
      response.writeHead(429, { 'retry-after': '0' }).end('{"error":{"message":"Go on in 0 s."}}');
    else response.end('{"ok":true}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  if (typeof at !== 'object' || at === null) throw new Error('The server has no port.');
  const there = { url: `http://127.0.0.1:${at.port}`, credential: () => undefined };
  expect(await call(there, 'POST', '/api/imports', {})).toEqual({ ok: true });
  expect(asked).toBe(3);
  server.close();
});
