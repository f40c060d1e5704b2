import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, inject, it } from 'vitest';
import { headObject, signDownload } from '@/lib/server/platform/storage/objects';
import { signPut } from '@/lib/server/platform/storage/upload';

const environment = inject('environment');
const bucket = environment.S3_BUCKET ?? '';
const client = new S3Client({
  endpoint: environment.S3_ENDPOINT,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: {
    accessKeyId: environment.S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.S3_SECRET_ACCESS_KEY ?? '',
  },
  responseChecksumValidation: 'WHEN_REQUIRED',
});

const put = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'PUT', body, headers });

describe('a presigned PUT', () => {
  it('takes exactly what was signed', async () => {
    const answer = await put(await signPut('store/exact', 5), 'abcde');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"ab56b4d92b40713acc5af89985d4b786"');
    expect(await headObject('store/exact')).toEqual({
      size: 5,
      etag: '"ab56b4d92b40713acc5af89985d4b786"',
      etagIsDigest: true,
    });
  });

  it.each([
    ['another length', (url: string) => put(url, 'abcdef')],
    ['a forged signature', (url: string) => put(url.replace(/Signature=..../, 'Signature=0000'), 'abcde')],
    ['another key', (url: string) => put(url.replace('store/refused', 'store/other'), 'abcde')],
    ['another method', (url: string) => fetch(url)],
    ['no signature', (url: string) => put(url.replace(/\?.*/, ''), 'abcde')],
    [
      'the well-known key of the package',
      (url: string) => put(url.replace(/Credential=[^%]+/, 'Credential=S3RVER'), 'abcde'),
    ],
  ])('refuses %s', async (_what, ask) => {
    const answer = await ask(await signPut('store/refused', 5));
    expect(answer.status).toBe(403);
    await answer.text();
    expect(await headObject('store/refused')).toBeNull();
    expect(await headObject('store/other')).toBeNull();
  });

  it('lets Sluice’s own pages in and tells them the ETag, and no others', async () => {
    const url = await signPut('store/cors', 5);
    const ask = (origin: string) =>
      fetch(url, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PUT',
          'access-control-request-headers': 'content-type',
        },
      });
    const asked = await ask('http://pages.test');
    expect(asked.status).toBe(200);
    expect(asked.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(asked.headers.get('access-control-allow-headers')).toContain('content-type');
    const answer = await put(url, 'abcde', { origin: 'http://pages.test' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://pages.test');
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/etag/i);

    for (const origin of [
      'http://page.example',
      'http://pages.test.example',
      'http://pages.test:81',
      'null',
    ]) {
      expect((await ask(origin)).status).toBe(403);
      const other = await put(url, 'abcde', { origin });
      expect(other.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('reading', () => {
  const get = (input: { IfMatch?: string; Range?: string; Key?: string }) =>
    client.send(new GetObjectCommand({ Bucket: bucket, Key: 'store/read', ...input }));

  it('serves ranges of the version that is asked for, and of no other', async () => {
    await put(await signPut('store/read', 11), 'hello world');
    const { ETag } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'store/read' }));
    const part = await get({ IfMatch: ETag, Range: 'bytes=6-8' });
    expect(part.ContentRange).toBe('bytes 6-8/11');
    expect(await part.Body?.transformToString()).toBe('wor');
    const another = { IfMatch: '"00000000000000000000000000000000"' };
    await expect(get(another)).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
    await expect(get({ ...another, Range: 'bytes=0-3' })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 412 },
    });
    await expect(get({ Key: 'store/none' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });

  it('downloads under the file’s own name, with a signature only', async () => {
    const url = await signDownload('store/read', 'Umsätze “März”.csv');
    const answer = await fetch(url);
    expect(await answer.text()).toBe('hello world');
    expect(answer.headers.get('content-disposition')).toContain("filename*=UTF-8''Ums%C3%A4tze%20");
    expect((await fetch(url.replace(/\?.*/, ''))).status).toBe(403);
    expect((await fetch(`${environment.S3_ENDPOINT}/${bucket}`)).status).toBe(403);
  });
});
