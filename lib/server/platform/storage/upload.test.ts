import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MiB } from '@/lib/shared/bytes';
import { AppError } from '../errors';
import { objectSource } from './object-source';
import { deleteObject, headObject } from './objects';
import {
  abortUpload,
  finishUpload,
  listParts,
  openUpload,
  partBytes,
  partSizeFor,
  signPart,
  singlePutBytes,
} from './upload';

describe('parts', () => {
  it('are at most 10,000 and cover the file exactly, whatever its size', () => {
    for (const size of [singlePutBytes + 1, 100 * MiB, 80e9, 5e12]) {
      const partSize = partSizeFor(size);
      const count = Math.ceil(size / partSize);
      expect(count).toBeLessThanOrEqual(10_000);
      expect(partSize % MiB).toBe(0);
      const last = partBytes(size, partSize, count);
      expect(last).toBeGreaterThan(0);
      expect((count - 1) * partSize + last).toBe(size);
    }
    expect(partSizeFor(singlePutBytes + 1)).toBe(8 * MiB);
  });
});

describe('a multipart upload', () => {
  const content = randomBytes(5 * MiB + 1234);
  const pieces = [content.subarray(0, 5 * MiB), content.subarray(5 * MiB)];

  async function putPart(key: string, uploadId: string, partNumber: number): Promise<string> {
    const piece = pieces[partNumber - 1] ?? Buffer.alloc(0);
    const url = await signPart(key, uploadId, partNumber, piece.byteLength);
    const answer = await fetch(url, { method: 'PUT', body: new Uint8Array(piece) });
    expect(answer.status).toBe(200);
    return answer.headers.get('etag') ?? '';
  }

  it('assembles parts that arrived in any order', async () => {
    const key = 'upload/whole';
    const uploadId = await openUpload(key);
    const second = await putPart(key, uploadId, 2);
    const first = await putPart(key, uploadId, 1);
    expect(await headObject(key)).toBeNull();
    await finishUpload(key, uploadId, [
      { partNumber: 1, etag: first },
      { partNumber: 2, etag: second },
    ]);
    const head = await headObject(key);
    expect(head?.size).toBe(content.byteLength);
    const source = objectSource({ key, etag: head?.etag ?? '', size: content.byteLength, name: 'x' });
    expect(content.equals(await source.read(0, content.byteLength))).toBe(true);
  });

  it('refuses a part of another length', async () => {
    const uploadId = await openUpload('upload/long');
    const url = await signPart('upload/long', uploadId, 1, 10);
    const answer = await fetch(url, { method: 'PUT', body: 'eleven byte' });
    expect(answer.status).toBe(403);
  });

  it('#60 names wrong ETags as something to try again, and can be finished after that', async () => {
    const key = 'upload/wrong';
    const uploadId = await openUpload(key);
    const etag = await putPart(key, uploadId, 1);
    const wrong = finishUpload(key, uploadId, [
      { partNumber: 1, etag: '"00000000000000000000000000000000"' },
    ]);
    await expect(wrong).rejects.toThrow(AppError);
    await expect(wrong).rejects.toMatchObject({ code: 'bad-request' });
    expect(await headObject(key)).toBeNull();
    await finishUpload(key, uploadId, [{ partNumber: 1, etag }]);
    expect((await headObject(key))?.size).toBe(5 * MiB);
  });

  it('can be aborted, even twice, and cannot be completed afterwards', async () => {
    const key = 'upload/given-up';
    const uploadId = await openUpload(key);
    const etag = await putPart(key, uploadId, 1);
    await abortUpload(key, uploadId);
    await abortUpload(key, uploadId);
    await expect(finishUpload(key, uploadId, [{ partNumber: 1, etag }])).rejects.toMatchObject({
      code: 'bad-request',
    });
    expect(await headObject(key)).toBeNull();
  });

  it('lists the uploaded parts, and fails for an aborted upload', async () => {
    const key = 'upload/listed';
    const uploadId = await openUpload(key);
    expect(await listParts(key, uploadId)).toEqual([]);
    const [second, first] = [await putPart(key, uploadId, 2), await putPart(key, uploadId, 1)];
    expect(await listParts(key, uploadId)).toMatchObject([
      { partNumber: 1, etag: first, size: 5 * MiB },
      { partNumber: 2, etag: second, size: 1234 },
    ]);
    await abortUpload(key, uploadId);
    await expect(listParts(key, uploadId)).rejects.toThrow();
  });

  it('removes objects, also those that are not there', async () => {
    await deleteObject('upload/whole');
    await deleteObject('upload/whole');
    expect(await headObject('upload/whole')).toBeNull();
  });
});
