import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTemporaryFolder } from '@/testing/temporary-folder';
import { type LocalStore, startStore } from './start-store';

const key = { accessKeyId: 'AKIDTESTTESTTEST', secretAccessKey: 'the secret of these tests' };
const madeUp = 'a'.repeat(64);

let folder = '';
let store: LocalStore;
let client: S3Client;
const clientOf = (endpoint: string) =>
  new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: key,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
/** The request of one object, signed for 5 bytes. */
const signedPut = (name = 'imports/new') =>
  getSignedUrl(client, new PutObjectCommand({ Bucket: store.bucket, Key: name, ContentLength: 5 }), {
    unhoistableHeaders: new Set(['content-length']),
  });

beforeAll(async () => {
  folder = await openTemporaryFolder('sluice-store-');
  store = await startStore(join(folder, 'store'), { port: 0, key, origins: ['http://pages.test'] });
  client = clientOf(store.url);
});
afterAll(async () => {
  await store.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Every file under the folder with its content: what no refused request may change. */
async function everything(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    found[path.slice(folder.length)] = entry.isFile() ? await readFile(path, 'latin1') : 'a folder';
  }
  return found;
}

let uploadId = '';
let before: Record<string, string> = {};
beforeEach(async () => {
  await rm(join(folder, 'store', store.bucket, 'imports'), { recursive: true, force: true });
  await client.send(new PutObjectCommand({ Bucket: store.bucket, Key: 'imports/secret', Body: 'secret' }));
  const made = await client.send(
    new CreateMultipartUploadCommand({ Bucket: store.bucket, Key: 'imports/parts' }),
  );
  uploadId = made.UploadId ?? '';
  expect(uploadId).toMatch(/^[0-9a-f]{32}$/);
  before = await everything();
});

interface Sent {
  method: string;
  /** Path and query, as they go over the line. */
  target: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Sends exactly that: `fetch` would tidy up dots and slashes. */
async function send({ method, target, headers = {}, body = '' }: Sent) {
  const outgoing = request(`${store.url}/`, {
    method,
    path: target,
    headers: body === '' ? headers : { 'content-length': Buffer.byteLength(body), ...headers },
  });
  const answered = Promise.withResolvers<{ status: number; said: string }>();
  outgoing.on('response', async (response) =>
    answered.resolve({ status: response.statusCode ?? 0, said: await text(response).catch(() => '') }),
  );
  outgoing.on('error', (error) => answered.resolve({ status: 0, said: error.message }));
  outgoing.end(body);
  return answered.promise;
}

/** Refused, with nothing said and nothing changed. */
async function expectRefused(sent: Sent): Promise<void> {
  const { status, said } = await send(sent);
  const what = JSON.stringify(sent);
  expect(status, `${what}: ${said}`).toBeGreaterThanOrEqual(400);
  expect(said, what).not.toContain('secret');
  expect(said, what).not.toContain(uploadId);
  expect(await everything(), what).toEqual(before);
}

const pathOf = (address: string) => {
  const { pathname, search } = new URL(address);
  return pathname + search;
};

describe('whoever has no signature', () => {
  it.each([
    ['a made-up signature without an algorithm', `X-Amz-Signature=${madeUp}`],
    ['a made-up signature in small letters', `x-amz-signature=${madeUp}`],
    ['a made-up signature and nothing else of one', `X-Amz-Signature=${madeUp}&X-Amz-Algorithm=`],
    ['another algorithm', `X-Amz-Algorithm=none&X-Amz-Signature=${madeUp}`],
    ['version 2', `AWSAccessKeyId=${key.accessKeyId}&Expires=9999999999&Signature=AAAA`],
    ['nothing', ''],
  ])('is let at nothing by %s', async (_what, query) => {
    const verbs: [string, string, string?][] = [
      ['GET', '/sluice/imports/secret'],
      ['HEAD', '/sluice/imports/secret'],
      ['PUT', '/sluice/imports/secret', 'other'],
      ['PUT', '/sluice/imports/new', 'other'],
      ['DELETE', '/sluice/imports/secret'],
      ['GET', '/'],
      ['GET', '/sluice'],
      ['GET', '/sluice?list-type=2'],
      ['PUT', '/other'],
      ['DELETE', '/sluice'],
      ['POST', '/sluice/imports/new?uploads'],
    ];
    for (const [method, path, body] of verbs) {
      await expectRefused({ method, target: `${path}${path.includes('?') ? '&' : '?'}${query}`, body });
    }
  });

  it.each([
    'AWS',
    `AWS ${key.accessKeyId}:AAAA`,
    'Bearer x',
    'AWS4-HMAC-SHA256',
    `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${madeUp}`,
  ])('is let at nothing by the header %j', async (authorization) => {
    const headers = { authorization, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    await expectRefused({ method: 'GET', target: '/sluice/imports/secret', headers });
    await expectRefused({ method: 'PUT', target: '/sluice/imports/new', headers, body: 'other' });
  });
});

describe('whoever has a signed address', () => {
  it('can put what was signed', async () => {
    expect((await send({ method: 'PUT', target: pathOf(await signedPut()), body: 'hello' })).status).toBe(
      200,
    );
    const { Body } = await client.send(new GetObjectCommand({ Bucket: store.bucket, Key: 'imports/new' }));
    expect(await Body?.transformToString()).toBe('hello');
  });

  it('can put it once', async () => {
    const target = pathOf(await signedPut('imports/secret'));
    const again = await send({ method: 'PUT', target, body: 'other' });
    expect(again.status).toBe(412);
    expect(await everything()).toEqual(before);
    const made = pathOf(await signedPut());
    const both = [1, 2].map(() => send({ method: 'PUT', target: made, body: 'hello' }));
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('can copy nothing with it', async () => {
    for (const name of ['x-amz-copy-source', 'X-Amz-Copy-Source']) {
      const headers = { [name]: '/sluice/imports/secret', 'content-length': '5' };
      await expectRefused({ method: 'PUT', target: pathOf(await signedPut()), headers, body: 'hello' });
      const asParameter = `${pathOf(await signedPut())}&${name}=${encodeURIComponent('/sluice/imports/secret')}`;
      await expectRefused({ method: 'PUT', target: asParameter, body: 'hello' });
    }
  });

  it.each([
    ['x-amz-acl', 'public-read'],
    ['x-amz-meta-note', 'hello'],
    ['x-amz-tagging', 'a=b'],
    ['x-amz-content-sha256', madeUp],
    ['x-amz-decoded-content-length', '5'],
    ['x-amz-website-redirect-location', 'http://page.example'],
  ])('can add no header %s', async (name, value) => {
    const headers = { [name]: value };
    await expectRefused({ method: 'PUT', target: pathOf(await signedPut()), headers, body: 'hello' });
  });

  it('can send neither another length nor one that is not told', async () => {
    const target = pathOf(await signedPut());
    await expectRefused({ method: 'PUT', target, body: 'hello!' });
    await expectRefused({ method: 'PUT', target, body: '' });
    await expectRefused({ method: 'PUT', target, headers: { 'transfer-encoding': 'chunked' } });
    await expectRefused({
      method: 'PUT',
      target: pathOf(
        await getSignedUrl(client, new PutObjectCommand({ Bucket: store.bucket, Key: 'imports/new' })),
      ),
      body: 'any length',
    });
  });

  it('can change nothing in it', async () => {
    const whole = pathOf(await signedPut());
    const target = new URL(whole, store.url);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('PUT', 'GET', 'HEAD', 'DELETE', 'POST', 'PATCH', 'COPY'),
        fc.nat(whole.length - 1),
        fc.constantFrom('a', '0', '/', '%2F', '%00', '..', '&uploads', '&', '=', '?', '#', '+', ''),
        fc.boolean(),
        async (method, at, piece, replaces) => {
          const changed = whole.slice(0, at) + piece + whole.slice(at + (replaces ? 1 : 0));
          const same = (() => {
            try {
              const other = new URL(changed, store.url);
              const of = ({ searchParams }: URL) => JSON.stringify([...searchParams].sort());
              return other.pathname === target.pathname && of(other) === of(target);
            } catch {
              return false;
            }
          })();
          fc.pre(!(same && method === 'PUT') && !/[\s#]/.test(changed));
          await expectRefused({ method, target: changed, body: method === 'PUT' ? 'hello' : '' });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('can use it neither before its time nor after it', async () => {
    const at = (minutes: number) =>
      getSignedUrl(
        client,
        new PutObjectCommand({ Bucket: store.bucket, Key: 'imports/new', ContentLength: 5 }),
        {
          unhoistableHeaders: new Set(['content-length']),
          expiresIn: 900,
          signingDate: new Date(Date.now() + minutes * 60_000),
        },
      );
    await expectRefused({ method: 'PUT', target: pathOf(await at(-16)), body: 'hello' });
    await expectRefused({ method: 'PUT', target: pathOf(await at(20)), body: 'hello' });
  });
});

/** What only somebody with the key could ask: it stays within the bucket all the same. */
describe('the key itself', () => {
  const signedPart = (id: string, partNumber: number) =>
    getSignedUrl(
      client,
      new UploadPartCommand({
        Bucket: store.bucket,
        Key: 'imports/parts',
        UploadId: id,
        PartNumber: partNumber,
        ContentLength: 5,
      }),
      { unhoistableHeaders: new Set(['content-length']) },
    );

  it.each(['../../../outside', '..%2Foutside', '..', '.', '', '/etc', 'A'.repeat(32), `${madeUp}`])(
    'writes nothing outside by the upload %j',
    async (id) => {
      if (id !== '')
        await expectRefused({ method: 'PUT', target: pathOf(await signedPart(id, 1)), body: 'hello' });
      const path = encodeURIComponent(id);
      await expectRefused({
        method: 'PUT',
        target: `/sluice/imports/parts?partNumber=1&uploadId=${path}&X-Amz-Signature=${madeUp}`,
        body: 'hello',
      });
      expect(existsSync(join(folder, 'outside'))).toBe(false);
    },
  );

  it.each(['../../outside', '/outside', '1/../../outside', '0', '-1', '1.5', '10001', '1e3', ' 1', ''])(
    'writes nothing by the part number %j',
    async (number) => {
      const wanted = Number(number);
      if (['0', '-1', '1.5', '10001'].includes(number))
        await expectRefused({
          method: 'PUT',
          target: pathOf(await signedPart(uploadId, wanted)),
          body: 'hello',
        });
      await expectRefused({
        method: 'PUT',
        target: `/sluice/imports/parts?partNumber=${encodeURIComponent(number)}&uploadId=${uploadId}&X-Amz-Signature=${madeUp}`,
        body: 'hello',
      });
    },
  );

  it.each([
    '../outside',
    'imports/../../outside',
    '..',
    'imports//x',
    '._S3rver_uploads/x',
    'imports/.hidden',
    'imports/x._S3rver_object',
    'imports/a\\b',
    'imports/ü',
    'imports/a b',
    `imports/${'x'.repeat(1_000)}`,
  ])('has no object %j', async (name) => {
    // The SDK's own way to write an address keeps dots as they are.
    await expectRefused({
      method: 'PUT',
      target: pathOf(await signedPut('imports/new')).replace('imports/new', encodeURIComponent(name)),
      body: 'hello',
    });
    const sent = client.send(new PutObjectCommand({ Bucket: store.bucket, Key: name, Body: 'hello' }));
    await expect(sent).rejects.toMatchObject({ $fault: 'client' });
    expect(await everything()).toEqual(before);
  });

  it('copies and lists nothing, and puts no other bytes than those it signed', async () => {
    await expect(
      client.send(
        new CopyObjectCommand({
          Bucket: store.bucket,
          Key: 'imports/new',
          CopySource: 'sluice/imports/secret',
        }),
      ),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
    await expect(client.send(new ListObjectsV2Command({ Bucket: store.bucket }))).rejects.toThrow();
    client.middlewareStack.add(
      (next) => (args) => {
        const { request: made } = args;
        if (typeof made === 'object' && made !== null && 'body' in made) made.body = 'other';
        return next(args);
      },
      { step: 'deserialize', name: 'another body', priority: 'low' },
    );
    try {
      const sent = client.send(
        new PutObjectCommand({ Bucket: store.bucket, Key: 'imports/new', Body: 'hello' }),
      );
      await expect(sent).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
    } finally {
      client.middlewareStack.remove('another body');
    }
    expect(await everything()).toEqual(before);
  });
});

const subresources = [
  'accelerate acl analytics attributes cors delete encryption intelligent-tiering inventory legal-hold lifecycle',
  'list-type=2 location logging metadataTable metrics notification object-lock ownershipControls partNumber=1 policy',
  'policyStatus publicAccessBlock replication requestPayment restore retention select select-type=2 session tagging',
  'torrent uploads uploadId versionId=1 versioning versions website x-id=CopyObject',
].flatMap((line) => line.split(' '));
const verbs = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH', 'TRACE', 'COPY', 'MOVE', 'PROPFIND', 'MKCOL'];

it('is let at nothing by any verb of S3 on any part of it, unsigned or with a made-up signature', async () => {
  for (const path of ['/', '/sluice', '/sluice/', '/sluice/imports/secret', '/sluice/imports/new']) {
    for (const what of subresources) {
      const sent = verbs.flatMap((method) =>
        [`?${what}`, `?${what}&X-Amz-Signature=${madeUp}`].map((query) =>
          send({ method, target: `${path}${query}`, body: /P[OU][ST]T?/.test(method) ? '<x/>' : '' }),
        ),
      );
      for (const { status, said } of await Promise.all(sent)) {
        expect(status, `${path} ${what}: ${said}`).toBeGreaterThanOrEqual(400);
        expect(said).not.toContain('secret');
      }
    }
  }
  expect(await everything()).toEqual(before);
  const { Body } = await client.send(new GetObjectCommand({ Bucket: store.bucket, Key: 'imports/secret' }));
  expect(await Body?.transformToString()).toBe('secret');
});

it('keeps files and folders to its own user, also those of before', async () => {
  const old = join(folder, 'old');
  await mkdir(join(old, 'sluice', 'imports'), { recursive: true, mode: 0o755 });
  await writeFile(join(old, 'sluice', 'imports', 'kept._S3rver_object'), 'kept', { mode: 0o644 });
  await writeFile(
    join(old, 'sluice', 'imports', 'kept._S3rver_object.md5'),
    createHash('md5').update('kept').digest('hex'),
    { mode: 0o644 },
  );
  const second = await startStore(old, { port: 0, key, origins: [] });
  const other = clientOf(second.url);
  const { Body, ETag } = await other.send(new GetObjectCommand({ Bucket: 'sluice', Key: 'imports/kept' }));
  expect(await Body?.transformToString()).toBe('kept');
  expect(ETag).toBe(`"${createHash('md5').update('kept').digest('hex')}"`);
  await other.send(new PutObjectCommand({ Bucket: 'sluice', Key: 'imports/new', Body: 'new' }));
  await second.stop();
  for (const entry of await readdir(old, { recursive: true })) {
    expect((await stat(join(old, entry))).mode & 0o077, entry).toBe(0);
  }
});
