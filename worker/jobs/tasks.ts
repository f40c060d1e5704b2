import { updateAsAttempt } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { checkAgain } from '../review/check-again';
import { correctAgain } from '../review/correct-again';
import { forgetStaged } from '../review/forget-staged';
import { takeCorrection } from '../review/take-correction';
import { planOf } from '../stage/plan-of';
import { stageFile } from '../stage/stage-file';

/*
 * What an import's job can be asked to do: see ImportTask in the schema. Each writes down what comes next when it is
 * done, and answers false when it stopped because the worker shuts down; then another worker goes on with it.
 */

/** READ: the file, from the checkpoint on. */
export function readFile(it: Import, shutdown: AbortSignal): Promise<boolean> {
  return stageFile(it, shutdown, it.onRejection === 'IMPORT_VALID' ? 'PUBLISH' : 'RESOLVE');
}

/** REREAD: the file from its first row on, and then what was corrected before. */
export async function rereadFile(it: Import, shutdown: AbortSignal): Promise<boolean> {
  if (it.checkpoint === null) await forgetStaged(it);
  if (!(await stageFile(it, shutdown, 'REREAD'))) return false;
  if (!(await correctAgain(it, planOf(it), shutdown))) return false;
  await updateAsAttempt(db(), it, { task: 'RESOLVE' });
  return true;
}

/** RECHECK: the rejected rows, whose raw cells were kept. */
export async function recheck(it: Import, shutdown: AbortSignal): Promise<boolean> {
  if (!(await checkAgain(it, planOf(it), shutdown))) return false;
  await updateAsAttempt(db(), it, { task: 'RESOLVE' });
  return true;
}

/** CORRECT: with the rows of a file that somebody corrected. */
export async function correct(it: Import, shutdown: AbortSignal): Promise<boolean> {
  const taken = await takeCorrection(it, planOf(it), shutdown);
  if (!taken) return false;
  await updateAsAttempt(db(), it, { ...taken, task: 'RESOLVE' });
  return true;
}
