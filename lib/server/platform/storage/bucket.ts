import { GetObjectCommand } from '@aws-sdk/client-s3';
import { env } from '../env';
import { quickly, store } from './client';
import { statusOf } from './status-of';

/**
 * What the store says of the bucket, asked for an object that is not there: by HEAD, an object that is missing looks
 * like a bucket that is.
 * @returns `hidden` where the key may not know
 * @throws why the store does not answer
 */
export async function bucketState(missingKey: string): Promise<'there' | 'missing' | 'elsewhere' | 'hidden'> {
  try {
    await store().send(new GetObjectCommand({ Bucket: env().S3_BUCKET, Key: missingKey }), quickly());
    return 'there';
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchBucket') return 'missing';
    const status = statusOf(error);
    if (status === 404) return 'there';
    if (status === 301 || status === 307) return 'elsewhere';
    if (status === 403) return 'hidden';
    throw error;
  }
}
