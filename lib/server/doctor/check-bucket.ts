import { randomBytes, randomUUID } from 'node:crypto';
import { MiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/failure';
import type { Env } from '../platform/env';
import { messageOf } from '../platform/errors';
import { bucketState } from '../platform/storage/bucket';
import { type Lifecycle, proposedLifecycle, readLifecycle } from '../platform/storage/lifecycle';
import { objectSource } from '../platform/storage/object-source';
import { deleteObject, headObject, type StoredObject } from '../platform/storage/objects';
import { statusOf } from '../platform/storage/status-of';
import {
  abortUpload,
  finishUpload,
  listParts,
  openUpload,
  signPart,
  signPut,
} from '../platform/storage/upload';
import { writtenOnce } from '../platform/storage/written-once';
import { clockFinding } from './clock';
import { type Finding, fail, ok, warn } from './finding';

/** The smallest part that S3 takes when another follows. */
const partBytes = 5 * MiB;

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

function reasonOf(error: unknown): string {
  const status = statusOf(error);
  const name = error instanceof Error && error.name !== 'Error' ? error.name : '';
  const known = [status > 0 ? String(status) : '', name === messageOf(error) ? '' : name, messageOf(error)];
  return known
    .filter((it) => it !== '' && it !== 'UnknownError')
    .join(', ')
    .replace(/\.$/, '');
}

async function checkMissing(key: string, { S3_BUCKET }: Env): Promise<Finding> {
  try {
    const bucket = await bucketState(key);
    if (bucket === 'missing')
      return fail(
        'Bucket',
        `the store has no bucket “${S3_BUCKET}”.`,
        'Create it, or correct S3_BUCKET (and S3_FORCE_PATH_STYLE, where the store takes the bucket in the path).',
      );
    if (bucket === 'elsewhere')
      return fail('Bucket', `“${S3_BUCKET}” is in another region.`, 'Set S3_REGION to the one it is in.');
    await headObject(key);
    return ok('Bucket', 'it can be reached, and the key is accepted.');
  } catch (error) {
    if (statusOf(error) === 403) {
      return warn(
        'Bucket',
        'the store answers 403 to a missing object, so a missing file looks like a wrong key.',
        'Give the key s3:ListBucket on the bucket. If the next check fails too, the key itself is wrong.',
      );
    }
    return fail(
      'Bucket',
      `it cannot be reached (${reasonOf(error)}).`,
      'Check S3_BUCKET, S3_REGION, S3_ENDPOINT and S3_FORCE_PATH_STYLE, and that this machine may connect.',
    );
  }
}

async function sent(url: string, content: Buffer, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'PUT',
    body: new Uint8Array(content),
    headers,
    signal: AbortSignal.timeout(30_000),
  });
}

async function checkPut(key: string, content: Buffer): Promise<Finding> {
  const url = await signPut(key, content.length);
  const answer = await sent(url, content);
  const host = new URL(url).host;
  return answer.ok
    ? ok('Upload', `a signed address takes a file (${host}).`)
    : fail(
        'Upload',
        `${host} answered ${answer.status} to a signed upload.`,
        'Check the key and its secret, S3_REGION, and that it has s3:PutObject on BUCKET/imports/*.',
      );
}

async function checkLength(key: string): Promise<Finding> {
  const answer = await sent(await signPut(key, 10), randomBytes(11)).catch(() => null);
  await deleteObject(key);
  return answer?.ok
    ? fail(
        'Exact length',
        'the store takes more bytes than were signed, so quotas do not hold.',
        'Use a store that checks signed headers.',
      )
    : ok('Exact length', 'a signed address takes no other length.');
}

async function checkWrittenOnce(): Promise<Finding> {
  return (await writtenOnce()) === 'no'
    ? warn(
        'Written once',
        'the store does not heed If-None-Match: for 15 minutes a signed address can replace the file that it uploaded.',
        'Such a file is noticed by its ETag, and neither read nor given out. AWS, R2 and MinIO do not let it happen.',
      )
    : ok('Written once', 'a signed address cannot replace a file that is there.');
}

async function checkReads(key: string, { etag, size }: StoredObject, content: Buffer): Promise<Finding> {
  const part = await objectSource({ key, etag, size, name: key }).read(100, 300);
  if (!content.subarray(100, 300).equals(part))
    return fail('Ranged reads', 'a range came back with other bytes.', 'Use a store that knows Range.');
  const other = objectSource({ key, etag: '"00000000000000000000000000000000"', size, name: key });
  const refused = await other.read(0, 10).then(
    () => false,
    (error: unknown) => error instanceof ImportFailure,
  );
  return refused
    ? ok('Ranged reads', 'ranges come back right, and only of the version that was asked for (If-Match).')
    : fail(
        'Ranged reads',
        'the store ignores If-Match, so a swapped file could be read half and half.',
        'Use a store that knows If-Match.',
      );
}

async function checkMultipart(key: string): Promise<Finding> {
  const uploadId = await openUpload(key);
  try {
    const pieces = [randomBytes(partBytes), randomBytes(10)];
    const parts = [];
    for (const [i, piece] of pieces.entries()) {
      const answer = await sent(await signPart(key, uploadId, i + 1, piece.length), piece);
      if (!answer.ok)
        return fail(
          'Multipart',
          `the store answered ${answer.status} to a part.`,
          'The key needs s3:PutObject on BUCKET/imports/*.',
        );
      parts.push({ partNumber: i + 1, etag: answer.headers.get('etag') ?? '' });
    }
    const listed = await listParts(key, uploadId).catch(() => []);
    if (listed.length !== parts.length)
      return fail(
        'Multipart',
        'the store does not list the parts of an upload, so none of several parts can be completed.',
        'The key needs s3:ListMultipartUploadParts on BUCKET/imports/*, and the store ListParts.',
      );
    await finishUpload(key, uploadId, parts);
    const whole = (await headObject(key))?.size;
    if (whole !== partBytes + 10)
      return fail('Multipart', `${whole ?? 0} bytes came of ${partBytes + 10}.`, 'Use another store.');
    const given = await openUpload(`${key}-given-up`);
    await abortUpload(`${key}-given-up`, given);
    return ok('Multipart', 'parts are accepted, listed, assembled and aborted.');
  } finally {
    await abortUpload(key, uploadId).catch(() => undefined);
    await deleteObject(key);
  }
}

async function checkPrivate(key: string): Promise<Finding> {
  const url = new URL(await signPut(key, 1));
  url.search = '';
  const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  await answer.body?.cancel();
  return answer.ok
    ? fail(
        'Privacy',
        'anybody can read the files: an address without a signature gives them out.',
        'Make the bucket private (block public access).',
      )
    : ok('Privacy', 'nobody reads a file without a signature.');
}

async function checkCors(key: string, size: number, origin: string | undefined): Promise<Finding> {
  if (!origin)
    return warn(
      'CORS',
      'not checked, since the address of the pages is not known.',
      'npm run doctor -- --origin https://sluice.example.com',
    );
  const rules = JSON.stringify(
    [
      {
        AllowedOrigins: [origin],
        AllowedMethods: ['PUT'],
        AllowedHeaders: ['*'],
        ExposeHeaders: ['ETag'],
        MaxAgeSeconds: 3600,
      },
    ],
    null,
    2,
  );
  const todo = `Put these CORS rules on the bucket:\n${rules}`;
  const url = await signPut(key, size);
  const asked = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type, if-none-match',
    },
    signal: AbortSignal.timeout(30_000),
  });
  await asked.body?.cancel();
  const allowed = asked.headers.get('access-control-allow-origin');
  if (
    !asked.ok ||
    (allowed !== '*' && allowed !== origin) ||
    !/PUT|\*/.test(asked.headers.get('access-control-allow-methods') ?? '')
  )
    return fail('CORS', `a page of ${origin} may not upload to the bucket.`, todo);
  const answer = await sent(url, randomBytes(size), { origin });
  if (!/etag|\*/i.test(answer.headers.get('access-control-expose-headers') ?? ''))
    return fail('CORS', 'a page may upload but not read the ETag of what it sent.', todo);
  return ok('CORS', `pages of ${origin} may upload and read the ETag.`);
}

async function checkLifecycle({ S3_BUCKET, KEEP_FILES_DAYS }: Env): Promise<Finding> {
  const todo = `Sluice gives up uploads after a day and deletes files by itself; for uploads that it never heard of again, and for old versions where the bucket keeps them, add this rule:\naws s3api put-bucket-lifecycle-configuration --bucket ${S3_BUCKET} --lifecycle-configuration '${JSON.stringify(proposedLifecycle)}'\n(It replaces the rules that are there: keep those you want.)`;
  const found = await readLifecycle();
  if (!found) {
    return warn(
      'Lifecycle',
      'the store does not tell its rules (it has none, or the key may not read them).',
      todo,
    );
  }
  return lifecycleFinding(found, KEEP_FILES_DAYS, todo);
}

/** What to say of a bucket's rules. @param keepDays KEEP_FILES_DAYS; 0: for good */
export function lifecycleFinding(
  { dropsUnfinished, expiresAfter }: Lifecycle,
  keepDays: number,
  todo: string,
): Finding {
  // A file waits for its person before it is imported, and that time does not count for KEEP_FILES_DAYS.
  if (expiresAfter !== null && (keepDays === 0 || expiresAfter <= keepDays)) {
    return warn(
      'Lifecycle',
      `a rule of the bucket removes files after ${expiresAfter} days, but Sluice is set to keep them ${keepDays === 0 ? 'for good' : `for ${keepDays} days after their import`} (KEEP_FILES_DAYS).`,
      'Take the rule off imports/, or set KEEP_FILES_DAYS well below it.',
    );
  }
  return dropsUnfinished
    ? ok('Lifecycle', 'the bucket drops unfinished uploads by itself.')
    : warn('Lifecycle', 'no rule of the bucket drops unfinished uploads.', todo);
}

/** By a request without a signature, which a store answers whatever it thinks of the time. */
async function checkClock(): Promise<Finding> {
  const before = Date.now();
  const url = new URL(await signPut('imports/doctor', 1));
  url.search = '';
  const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(30_000) });
  await answer.body?.cancel();
  const there = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(there)) return ok('Clock of the store', 'it does not say.');
  // The header has no fractions of a second.
  return clockFinding('the store', there + 500, (before + Date.now()) / 2);
}
