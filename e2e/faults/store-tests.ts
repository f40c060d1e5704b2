import { randomBytes, randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { readRowPage } from '@/lib/server/datasets/rows/read-rows';
import { env } from '@/lib/server/platform/env';
import { publicStore } from '@/lib/server/platform/storage/client';
import { objectSource } from '@/lib/server/platform/storage/object-source';
import { deleteObject, headObject, putObject } from '@/lib/server/platform/storage/objects';
import {
  abortUpload,
  finishUpload,
  listParts,
  listPartsAfter,
  oneLength,
  openUpload,
  signPart,
  signPut,
} from '@/lib/server/platform/storage/upload';
import { MiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { owner } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { makeCsv } from './make-file';

async function put(url: string, body: Buffer): Promise<Response> {
  return fetch(url, { method: 'PUT', body: new Uint8Array(body) });
}

async function stored(content: Buffer): Promise<{ key: string; etag: string }> {
  const key = `imports/${randomUUID()}`;
  expect((await put(await signPut(key, content.length), content)).ok).toBe(true);
  return { key, etag: (await headObject(key))?.etag ?? '' };
}

/** What Sluice needs of a store, asked of the one that the environment names. */
export function storeTests(): void {
  it('takes a signed PUT of exactly the signed length, and tells size and digest', async () => {
    const content = randomBytes(100_000);
    const { key } = await stored(content);
    expect(await headObject(key)).toMatchObject({ size: 100_000, etagIsDigest: true });
    expect((await put(await signPut(key, 5), content)).ok).toBe(false);
    await deleteObject(key);
    expect(await headObject(key)).toBeNull();
    await deleteObject(key);
  });

  it('refuses a forged signature', async () => {
    const url = new URL(await signPut(`imports/${randomUUID()}`, 5));
    url.searchParams.set('X-Amz-Signature', '0'.repeat(64));
    expect((await put(url.href, Buffer.from('hello'))).status).toBe(403);
  });

  it('takes nothing by a signed address but the one thing it was signed for', async () => {
    const key = `imports/${randomUUID()}`;
    const uploadId = await openUpload(key);
    const [five, hello] = [8 * MiB, Buffer.from('hello')];
    const single = new URL(await signPut(key, hello.length));
    const part = new URL(await signPart(key, uploadId, 1, five));
    for (const { searchParams } of [single, part]) {
      expect(Number(searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(15 * 60);
      expect(searchParams.get('X-Amz-SignedHeaders')?.split(';')).toContain('content-length');
    }
    const changed = (url: URL, change: (url: URL) => void) => {
      const other = new URL(url);
      change(other);
      return other.href;
    };
    const misuses: [string, string, Buffer][] = [
      ['another key', changed(single, (url) => (url.pathname += 'x')), hello],
      ['one byte more', single.href, Buffer.from('hello!')],
      ['one byte less', single.href, Buffer.from('hell')],
      ['an empty body', single.href, Buffer.alloc(0)],
      ['a longer life', changed(single, (url) => url.searchParams.set('X-Amz-Expires', '604800')), hello],
      ['another part', changed(part, (url) => url.searchParams.set('partNumber', '2')), Buffer.alloc(five)],
      [
        'another upload',
        changed(part, (url) => url.searchParams.set('uploadId', '0'.repeat(32))),
        Buffer.alloc(five),
      ],
      ['a shorter part', part.href, Buffer.alloc(five - 1)],
      [
        'an object in place of a part',
        changed(part, (url) => url.searchParams.delete('uploadId')),
        Buffer.alloc(five),
      ],
    ];
    for (const [what, url, body] of misuses) {
      // A store may hang up on a body of another length before it has answered.
      const status = await put(url, body).then(
        (answer) => answer.status,
        () => 'hung up',
      );
      expect([403, 400, 'hung up'], what).toContain(status);
    }
    for (const method of ['GET', 'DELETE']) {
      expect((await fetch(single, { method })).status, method).toBe(403);
    }
    expect(await headObject(key)).toBeNull();
    expect((await put(single.href, hello)).ok).toBe(true);
  });

  it('takes nothing by an address whose quarter of an hour is over', async () => {
    const command = new PutObjectCommand({ Bucket: env().S3_BUCKET, Key: 'imports/late', ContentLength: 5 });
    const signedAgo = (seconds: number) =>
      getSignedUrl(publicStore(), command, {
        ...oneLength,
        signingDate: new Date(Date.now() - seconds * 1000),
      });
    expect((await put(await signedAgo(15 * 60 + 5), Buffer.from('hello'))).status).toBe(403);
    expect(await headObject('imports/late')).toBeNull();
    expect((await put(await signedAgo(14 * 60), Buffer.from('hello'))).ok).toBe(true);
  });

  it('puts parts together, also when they come in another order and one came twice', async () => {
    const key = `imports/${randomUUID()}`;
    const uploadId = await openUpload(key);
    const content = randomBytes(12 * MiB);
    const pieces = [content.subarray(0, 8 * MiB), content.subarray(8 * MiB)];
    const etags = new Map<number, string>();
    for (const partNumber of [2, 1, 2]) {
      const piece = pieces[partNumber - 1] ?? Buffer.alloc(0);
      const answer = await put(await signPart(key, uploadId, partNumber, piece.length), piece);
      etags.set(partNumber, answer.headers.get('etag') ?? '');
    }
    const listed = await listParts(key, uploadId);
    expect(listed.map(({ partNumber, etag, size }) => ({ partNumber, etag, size }))).toEqual(
      pieces.map(({ length }, i) => ({ partNumber: i + 1, etag: etags.get(i + 1), size: length })),
    );
    await finishUpload(
      key,
      uploadId,
      [1, 2].map((partNumber) => ({ partNumber, etag: etags.get(partNumber) ?? '' })),
    );
    const { etag = '', size } = (await headObject(key)) ?? {};
    expect(size).toBe(content.length);
    const read = await objectSource({ key, etag, size: content.length, name: 'x' }).read(0, content.length);
    expect(Buffer.compare(Buffer.from(read), content)).toBe(0);
  });

  it('lists the parts behind one of them', async () => {
    const key = `imports/${randomUUID()}`;
    const uploadId = await openUpload(key);
    for (const partNumber of [1, 2, 3, 4]) {
      const piece = Buffer.from(`part ${partNumber}`);
      expect((await put(await signPart(key, uploadId, partNumber, piece.length), piece)).status).toBe(200);
    }
    const { parts, next } = await listPartsAfter(key, uploadId, 2);
    expect(parts.map(({ partNumber, size }) => [partNumber, size])).toEqual([
      [3, 6],
      [4, 6],
    ]);
    expect(next).toBeNull();
    await abortUpload(key, uploadId);
  });

  it('forgets an upload that is given up, and does not mind being told twice', async () => {
    const key = `imports/${randomUUID()}`;
    const uploadId = await openUpload(key);
    await abortUpload(key, uploadId);
    await abortUpload(key, uploadId);
    expect(await headObject(key)).toBeNull();
  });

  it('gives ranges of the version that was uploaded, and no other', async () => {
    const content = randomBytes(300_000);
    const { key, etag } = await stored(content);
    const source = objectSource({ key, etag, size: content.length, name: 'x' });
    expect(Buffer.from(await source.read(1_000, 2_000))).toEqual(content.subarray(1_000, 2_000));
    expect(Buffer.from(await source.read(299_990, 400_000))).toEqual(content.subarray(299_990));
    await putObject(key, randomBytes(300_000));
    await expect(source.read(0, 10)).rejects.toThrow(ImportFailure);
  });

  it('brings a file of several parts the whole way', async () => {
    const file = makeCsv(5, 200_000);
    const done = await runImport(file.content, { name: file.name });
    expect(done).toMatchObject({
      status: 'COMPLETED',
      rows: { read: file.rows, inserted: file.rows - file.rejected, rejected: file.rejected },
    });
    const dataset = await findDataset(done.dataset?.slug ?? '', await owner());
    const { rows } = await readRowPage(dataset, { limit: 2 });
    expect(rows.map(({ row, cells }) => [row, cells[0]])).toEqual([
      [2, '1000001'],
      [3, '1000002'],
    ]);
  });
}
