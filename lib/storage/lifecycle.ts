import { GetBucketLifecycleConfigurationCommand } from '@aws-sdk/client-s3';
import { env } from '../env';
import { quickly, store } from './client';

/** What the bucket should do by itself, in the form that `aws s3api put-bucket-lifecycle-configuration` takes. */
export const proposedLifecycle = {
  Rules: [
    {
      ID: 'sluice-unfinished-uploads',
      Status: 'Enabled',
      Filter: { Prefix: 'imports/' },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    },
  ],
};

/** Whether a rule of the bucket drops unfinished uploads; `unknown` where the store or its policy does not tell. */
export async function dropsUnfinishedUploads(): Promise<'yes' | 'no' | 'unknown'> {
  try {
    const command = new GetBucketLifecycleConfigurationCommand({ Bucket: env().S3_BUCKET });
    const { Rules = [] } = await store().send(command, quickly());
    const serves = Rules.some((rule) => {
      const prefix = rule.Filter?.Prefix ?? rule.Filter?.And?.Prefix ?? rule.Prefix ?? '';
      const narrowed = rule.Filter?.Tag || rule.Filter?.And?.Tags;
      const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
      return rule.Status === 'Enabled' && days !== undefined && !narrowed && 'imports/'.startsWith(prefix);
    });
    return serves ? 'yes' : 'no';
  } catch (error) {
    return error instanceof Error && error.name === 'NoSuchLifecycleConfiguration' ? 'no' : 'unknown';
  }
}
