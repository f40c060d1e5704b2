import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '@/testing/environment';
import { log } from '../platform/log';
import { json } from './answer';
import { parseBody } from './body';
import { openRoute } from './route';
import { type HttpServer, httpServer } from './server/http-server';

openDatabase();

let server: HttpServer | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await server?.close();
  Reflect.deleteProperty(globalThis, 'sluiceClosing');
});

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start: async (controller) => {
      try {
        for await (const piece of incoming) controller.enqueue(Uint8Array.from(piece));
        controller.close();
      } catch (error) {
        controller.error(error);
      }
    },
  });
}

it.each([
  ['goes away in the middle of its body', 'content-length: 1000\r\n\r\n{"a":"'],
  ['goes away in the middle of a chunk', 'transfer-encoding: chunked\r\n\r\n100\r\n{"a":"'],
  ['goes away while its request runs', 'content-length: 2\r\n\r\n{}'],
])('a client that %s is nothing to write down', async (_, rest) => {
  const complaints = (['warn', 'error', 'fatal'] as const).map((level) => vi.spyOn(log(), level));
  const begun = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<Response>();
  const gone = new AbortController();
  const handler = openRoute(async (request) => {
    begun.resolve();
    const body = await parseBody(request, z.object({}));
    await once(gone.signal, 'abort');
    // What the handler waits for is given up with the request.
    request.signal.throwIfAborted();
    return json(body);
  });
  server = httpServer(async (incoming, response) => {
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const asNextDoes = {
      method: incoming.method ?? 'POST',
      headers,
      body: bodyOf(incoming),
      signal: gone.signal,
      // Node asks for it, and the types of browsers do not know it.
      duplex: 'half',
    };
    const request = new Request(`http://sluice.test${incoming.url}`, asNextDoes);
    response.once('close', () => gone.abort());
    answered.resolve(await handler(request, { params: Promise.resolve({}) }));
  });
  const port = await server.listen(0, '127.0.0.1');
  const socket = connect(port, '127.0.0.1');
  socket.write(`POST /api/test HTTP/1.1\r\nhost: sluice.test\r\ncontent-type: application/json\r\n${rest}`);
  await begun.promise;
  socket.destroy();
  const answer = await answered.promise;
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('The request ended before it was whole.');
  for (const complaint of complaints) expect(complaint.mock.calls).toEqual([]);
});
