import type { Env } from '../../platform/env';
import { type Lifecycle, proposedLifecycle, readLifecycle } from '../../platform/storage/lifecycle';
import { type Finding, ok, warn } from '../finding';

/** What the bucket does by itself with files and unfinished uploads. */
export async function checkLifecycle({ S3_BUCKET, KEEP_FILES_DAYS }: Env): Promise<Finding> {
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
