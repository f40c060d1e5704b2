import { randomBytes } from 'node:crypto';
import { MiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { objectSource } from '../../platform/storage/object-source';
import { deleteObject, headObject, type StoredObject } from '../../platform/storage/objects';
import {
  abortUpload,
  finishUpload,
  listParts,
  openUpload,
  signPart,
  signPut,
} from '../../platform/storage/upload';
import { writtenOnce } from '../../platform/storage/written-once';
import { type Finding, fail, ok, warn } from '../finding';

/** The smallest part that S3 takes when another follows. */
const partBytes = 5 * MiB;

/** Sends bytes to a signed address, as a browser does. */
export async function sent(
  url: string,
  content: Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'PUT',
    body: new Uint8Array(content),
    headers,
    signal: AbortSignal.timeout(30_000),
  });
}

/** A file in one piece. */
export async function checkPut(key: string, content: Buffer): Promise<Finding> {
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

/** Whether a signed address takes no more bytes than were signed. */
export async function checkLength(key: string): Promise<Finding> {
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

/** Whether a signed address cannot replace what is there. */
export async function checkWrittenOnce(): Promise<Finding> {
  return (await writtenOnce()) === 'no'
    ? warn(
        'Written once',
        'the store does not heed If-None-Match: for 15 minutes a signed address can replace the file that it uploaded.',
        'Such a file is noticed by its ETag, and neither read nor given out. AWS, R2 and MinIO do not let it happen.',
      )
    : ok('Written once', 'a signed address cannot replace a file that is there.');
}

/** Parts of a file, of the very version that was uploaded. */
export async function checkReads(
  key: string,
  { etag, size }: StoredObject,
  content: Buffer,
): Promise<Finding> {
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

/** A file in several parts. */
export async function checkMultipart(key: string): Promise<Finding> {
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
