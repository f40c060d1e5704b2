import { addAmendment } from '@/lib/server/imports/review/end-waiting';
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
export function readFile(record: Import, shutdown: AbortSignal): Promise<boolean> {
  return stageFile(record, shutdown, record.onRejection === 'IMPORT_VALID' ? 'PUBLISH' : 'RESOLVE');
}

/** REREAD: the file from its first row on, and then what was corrected before. */
export async function rereadFile(record: Import, shutdown: AbortSignal): Promise<boolean> {
  if (record.checkpoint === null) await forgetStaged(record);
  if (!(await stageFile(record, shutdown, 'REREAD'))) return false;
  if (!(await correctAgain(record, await planOf(record, shutdown), shutdown))) return false;
  await updateAsAttempt(db(), record, { task: 'RESOLVE' });
  return true;
}

/** RECHECK: the rejected rows, whose raw cells were kept. */
export async function recheck(record: Import, shutdown: AbortSignal): Promise<boolean> {
  if (!(await checkAgain(record, await planOf(record, shutdown), shutdown))) return false;
  await updateAsAttempt(db(), record, { task: 'RESOLVE' });
  return true;
}

/** CORRECT: with the rows of a file that somebody corrected. */
export async function correct(record: Import, shutdown: AbortSignal): Promise<boolean> {
  const taken = await takeCorrection(record, await planOf(record, shutdown), shutdown);
  if (taken === false) return false;
  await db().$transaction(async (tx) => {
    await updateAsAttempt(tx, record, { task: 'RESOLVE' });
    if (taken) await addAmendment(tx, record.id, taken);
  });
  return true;
}
