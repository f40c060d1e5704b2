import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import type { User } from '@/lib/server/platform/user';
import type { CorrectionView } from '@/lib/shared/schema/review/correction';
import { assertStored, endUpload } from '../uploads/complete-upload';
import { resume, signPartsOf } from '../uploads/upload-parts';
import { changeCorrection } from './change-correction';
import { correctionView } from './correction-view';
import { findCorrection } from './find-correction';

/** Signed addresses for some parts of a file of corrected rows. @throws AppError as {@link signPartsOf} */
export async function signCorrectionParts(importId: string, id: string, partNumbers: number[], user: User) {
  return signPartsOf(await findCorrection(importId, id, user), partNumbers);
}

/** How the interrupted upload of a file of corrected rows goes on. @throws AppError as {@link resume} */
export async function resumeCorrection(importId: string, id: string, after: number, user: User) {
  return resume(await findCorrection(importId, id, user), after);
}

/**
 * Ends the upload of a file of corrected rows, and has its head read. Said twice, it answers the same and does it once.
 * @throws AppError `conflict` when the file is not there yet or was given up, `bad-request` when its size is wrong
 */
export async function completeCorrection(importId: string, id: string, user: User): Promise<CorrectionView> {
  const file = await findCorrection(importId, id, user);
  if (file.status === 'CANCELLED') throw new AppError('conflict', 'The upload of this file was cancelled.');
  if (file.status !== 'UPLOADING') return correctionView(file);
  const { etag } = await assertStored(file);
  await db().$transaction(async (tx) => {
    if (!(await changeCorrection(tx, file.id, 'UPLOADING', { status: 'INSPECTING' }))) return;
    await endUpload(tx, file, etag);
    await enqueue(tx, 'receive', { correctionFileId: file.id }, user.id);
  });
  return correctionView(await findCorrection(importId, id, user));
}
