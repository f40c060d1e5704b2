import type { Env } from '../../platform/env';
import { messageOf } from '../../platform/errors';
import { bucketState } from '../../platform/storage/bucket';
import { headObject } from '../../platform/storage/objects';
import { statusOf } from '../../platform/storage/status-of';
import { signPut } from '../../platform/storage/upload';
import { clockFinding } from '../clock';
import { type Finding, fail, ok, warn } from '../finding';

/** Whether the bucket is there, and the key is accepted. */
export async function checkMissing(key: string, { S3_BUCKET }: Env): Promise<Finding> {
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

/** An unsigned request: a store answers it even when the clocks differ. */
export async function checkClock(): Promise<Finding> {
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

/** The error that the store reported. */
export function reasonOf(error: unknown): string {
  const status = statusOf(error);
  const name = error instanceof Error && error.name !== 'Error' ? error.name : '';
  const known = [status > 0 ? String(status) : '', name === messageOf(error) ? '' : name, messageOf(error)];
  return known
    .filter((text) => text !== '' && text !== 'UnknownError')
    .join(', ')
    .replace(/\.$/, '');
}
