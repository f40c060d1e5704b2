import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { isOutageStatus } from '@/lib/shared/outage-status';
import { env } from '../env';
import { messageOf } from '../errors';
import { log } from '../log';
import { store } from './client';
import { deleteObject } from './objects';

/**
 * What keeps a signed address from replacing a file that is there already: the store by itself (the embedded one),
 * a signed `If-None-Match: *`, or nothing.
 */
export type WrittenOnce = 'by itself' | 'by header' | 'no';

let known: Promise<WrittenOnce> | undefined;

/**
 * Which of these it is, found out once by writing an object of our own twice: AWS, R2 and MinIO heed the header, others
 * ignore it, and some refuse it, where every upload would fail. A store that cannot be reached is asked again next time.
 */
export function writtenOnce(): Promise<WrittenOnce> {
  known ??= findOut().catch((error: unknown) => {
    known = undefined;
    log().warn({ err: messageOf(error) }, 'the store could not be asked whether files are written once');
    return 'no';
  });
  return known;
}

/** The header that has to be sent with a signed address, if any. */
export const onlyNew = { 'If-None-Match': '*' };

/** Nobody waits longer for an answer that only makes things safer. */
const patience = 3_000;

async function findOut(): Promise<WrittenOnce> {
  const key = `imports/probe-${randomUUID()}`;
  try {
    const plain = await statusOfPut(key, undefined);
    if (plain >= 300) throw new Error(`it answered ${plain} to a small file`);
    if ((await statusOfPut(key, undefined)) === 412) return 'by itself';
    return (await statusOfPut(key, '*')) === 412 && (await statusOfPut(`${key}-new`, '*')) < 300
      ? 'by header'
      : 'no';
  } finally {
    await Promise.allSettled([deleteObject(key), deleteObject(`${key}-new`)]);
  }
}

async function statusOfPut(key: string, IfNoneMatch: '*' | undefined): Promise<number> {
  const command = new PutObjectCommand({ Bucket: env().S3_BUCKET, Key: key, ContentLength: 5, IfNoneMatch });
  // Signed as for a browser, but for the address at which this process reaches the store.
  const url = await getSignedUrl(store(), command, signedHeaders);
  const answer = await fetch(url, {
    method: 'PUT',
    body: 'probe',
    headers: IfNoneMatch ? onlyNew : {},
    signal: AbortSignal.timeout(patience),
  });
  await answer.body?.cancel();
  // Too busy to say (501: it does not know the header). To be asked again, not to be remembered.
  if (isOutageStatus(answer.status)) throw new Error(`it answered ${answer.status} to a small file`);
  return answer.status;
}

/** Headers that a signature has to cover stay headers: they are no part of the address. */
const signedHeaders = {
  expiresIn: 60,
  unhoistableHeaders: new Set(['content-length', 'if-none-match']),
};
