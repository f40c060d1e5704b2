import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';

/** How a store answers a PUT. @param there whether the object is there already */
type Manner = (there: boolean, onlyNew: boolean) => number;

const heeds: Manner = (there, onlyNew) => (there && onlyNew ? 412 : 200);
const manners: Record<string, Manner> = {
  heeds,
  ignores: () => 200,
  refuses: (_there, onlyNew) => (onlyNew ? 501 : 200),
  'writes once': (there) => (there ? 412 : 200),
  'is out of order': () => 503,
};

let server: Server | undefined;
afterEach(() => void server?.close());

/** A store of this manner, and the product's own code on it, which has not asked any store yet. */
async function on(manner: Manner) {
  const objects = new Set<string>();
  let asked = 0;
  server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    asked++;
    if (request.method === 'PUT') {
      response.statusCode = manner(objects.has(path), request.headers['if-none-match'] === '*');
      if (response.statusCode === 200) objects.add(path);
    } else if (request.method === 'DELETE') {
      response.statusCode = 204;
      objects.delete(path);
    }
    request.resume().on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  vi.resetModules();
  process.env.S3_ENDPOINT = `http://127.0.0.1:${port}`;
  const { writtenOnce } = await import('./written-once');
  const { signUpload } = await import('./upload');
  return { objects, writtenOnce, signUpload, asked: () => asked };
}

it.each([
  ['heeds', 'by header', { 'If-None-Match': '*' }],
  ['ignores', 'no', {}],
  ['refuses', 'no', {}],
  ['writes once', 'by itself', {}],
  ['is out of order', 'no', {}],
])('a store that %s If-None-Match writes a file once: %s', async (name, expected, headers) => {
  const { objects, writtenOnce, signUpload } = await on(manners[name] ?? heeds);
  expect(await writtenOnce()).toBe(expected);
  expect(objects).toEqual(new Set());
  const signed = await signUpload('imports/x', 5);
  expect(signed.headers).toEqual(headers);
  const covered = new URL(signed.url).searchParams.get('X-Amz-SignedHeaders');
  expect(covered?.split(';').includes('if-none-match')).toBe('If-None-Match' in headers);
});

it('asks a store once, and one that was out of order again', async () => {
  let manner = manners['is out of order'] ?? heeds;
  const { writtenOnce, asked } = await on((...all) => manner(...all));
  expect(await writtenOnce()).toBe('no');
  manner = heeds;
  expect(await Promise.all([writtenOnce(), writtenOnce()])).toEqual(['by header', 'by header']);
  const before = asked();
  expect(await writtenOnce()).toBe('by header');
  expect(asked()).toBe(before);
});
