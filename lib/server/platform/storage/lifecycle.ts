import { GetBucketLifecycleConfigurationCommand, type LifecycleRule } from '@aws-sdk/client-s3';
import { env } from '../env';
import { quickly, store } from './client';

/**
 * What the bucket should do by itself, in the form that `aws s3api put-bucket-lifecycle-configuration` takes. Files
 * expire by Sluice (KEEP_FILES_DAYS, counted from the end of their import), not by the bucket, which knows only when
 * they came. In a bucket with versions a deleted file would stay as an old one: these go after a day.
 */
export const proposedLifecycle = {
  Rules: [
    {
      ID: 'sluice-uploads',
      Status: 'Enabled',
      Filter: { Prefix: 'imports/' },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
    },
  ],
};

/** What the rules of the bucket do to files of Sluice. */
export interface Lifecycle {
  dropsUnfinished: boolean;
  /** After how many days a rule removes files that are there, whether or not they were imported; null: never. */
  expiresAfter: number | null;
}

/** @returns null where the store or its policy does not tell */
export async function readLifecycle(): Promise<Lifecycle | null> {
  try {
    const command = new GetBucketLifecycleConfigurationCommand({ Bucket: env().S3_BUCKET });
    const { Rules = [] } = await store().send(command, quickly());
    return lifecycleOf(Rules);
  } catch (error) {
    return error instanceof Error && error.name === 'NoSuchLifecycleConfiguration' ? lifecycleOf([]) : null;
  }
}

/** What rules do, as far as they concern all files of Sluice (the first) or some of them (the second). */
export function lifecycleOf(rules: LifecycleRule[]): Lifecycle {
  const live = rules
    .filter(({ Status }) => Status === 'Enabled')
    .map((rule) => ({
      rule,
      prefix: rule.Filter?.Prefix ?? rule.Filter?.And?.Prefix ?? rule.Prefix ?? '',
      narrowed: Boolean(rule.Filter?.Tag || rule.Filter?.And?.Tags),
    }));
  const expiring = live.flatMap(({ rule, prefix }) =>
    'imports/'.startsWith(prefix) || prefix.startsWith('imports/') ? (rule.Expiration?.Days ?? []) : [],
  );
  return {
    dropsUnfinished: live.some(
      ({ rule, prefix, narrowed }) =>
        rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation !== undefined &&
        !narrowed &&
        'imports/'.startsWith(prefix),
    ),
    expiresAfter: expiring.length > 0 ? Math.min(...expiring) : null,
  };
}
