import { randomBytes, randomUUID } from 'node:crypto';
import type { Env } from '../../platform/env';
import { deleteObject, headObject } from '../../platform/storage/objects';
import { type Finding, fail } from '../finding';
import { checkClock, checkMissing, reasonOf } from './check-access';
import { checkCors, checkPrivate } from './check-browsers';
import { checkLifecycle } from './check-lifecycle';
import { checkLength, checkMultipart, checkPut, checkReads, checkWrittenOnce } from './check-transfers';

/**
 * Does with the bucket what an upload and an import do, with objects of its own that it removes again.
 * @param origin where browsers open Sluice, e.g. https://sluice.example.com
 */
export async function checkBucket(env: Env, origin: string | undefined): Promise<Finding[]> {
  const key = `imports/doctor-${randomUUID()}`;
  const content = randomBytes(1_000);
  const clock = await tried('Clock of the store', '', checkClock);
  const missing = await checkMissing(key, env);
  if (missing.level === 'fail') return [clock, missing];
  const put = await tried('Upload', 'The key needs s3:PutObject on BUCKET/imports/*.', () =>
    checkPut(key, content),
  );
  // A store that finds the time of a signature wrong refuses whatever is signed: the key may be right.
  if (put.level === 'fail') return clock.level === 'fail' ? [clock] : [clock, missing, put];
  try {
    const stored = await headObject(key);
    if (!stored)
      return [
        clock,
        missing,
        fail(
          'Upload',
          'the object is not there after its upload.',
          'Is S3_PUBLIC_ENDPOINT the same store as S3_ENDPOINT?',
        ),
      ];
    return [
      clock,
      missing,
      put,
      await tried('Exact length', 'Use a store that checks signed headers.', () =>
        checkLength(`${key}-length`),
      ),
      await tried('Written once', '', checkWrittenOnce),
      await tried('Ranged reads', 'The key needs s3:GetObject on BUCKET/imports/*.', () =>
        checkReads(key, stored, content),
      ),
      await tried(
        'Multipart',
        'The key needs s3:PutObject and s3:AbortMultipartUpload on BUCKET/imports/*.',
        () => checkMultipart(`${key}-parts`),
      ),
      await tried('Privacy', '', () => checkPrivate(key)),
      await tried('CORS', '', () => checkCors(key, content.length, origin)),
      await checkLifecycle(env),
    ];
  } finally {
    await deleteObject(key).catch(() => undefined);
  }
}

async function tried(what: string, todo: string, check: () => Promise<Finding>): Promise<Finding> {
  return check().catch((error: unknown) =>
    fail(what, `it does not work (${reasonOf(error)}).`, todo || 'See the message.'),
  );
}
