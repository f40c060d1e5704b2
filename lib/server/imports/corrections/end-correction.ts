import { recordEvent } from '@/lib/server/audit/record-event';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { CorrectionFile } from '@/lib/server/platform/db/generated/client';
import { AppError } from '@/lib/server/platform/errors';
import { deleteObject } from '@/lib/server/platform/storage/objects';
import type { User } from '@/lib/server/platform/user';
import type { ImportFailure } from '@/lib/shared/schema/import/failure';
import type { CorrectionView } from '@/lib/shared/schema/review/correction';
import { abandonUpload } from '../uploads/abandon-upload';
import { changeCorrection } from './change-correction';
import { correctionView } from './correction-view';
import { findCorrection } from './find-correction';

/**
 * Gives up a file of corrected rows that its import does not have yet. Its bytes go at once.
 * @throws AppError `conflict` once the import has it
 */
export async function cancelCorrection(importId: string, id: string, user: User): Promise<CorrectionView> {
  const file = await findCorrection(importId, id, user);
  if (file.status === 'UPLOADING' || file.status === 'INSPECTING') {
    const cancelled = await db().$transaction(async (tx) => {
      const data = { status: 'CANCELLED', finishedAt: new Date() } as const;
      if (!(await changeCorrection(tx, file.id, file.status, data))) return false;
      await recordEvent(tx, { kind: 'CORRECTION_CANCELLED', by: user, ...(await importOf(tx, file)) });
      return true;
    });
    if (cancelled) await removeCorrectionFile(file);
  }
  const now = await findCorrection(importId, id, user);
  if (now.status !== 'CANCELLED')
    throw new AppError('conflict', 'This file can no longer be cancelled. Reload the page.');
  return correctionView(now);
}

/**
 * Ends a file of corrected rows FAILED, and says why. Its import stays as it is, and nobody reads the file again: its
 * bytes go at once.
 * @returns false for one that has ended already
 */
export async function failCorrection(id: number, { reason, message }: ImportFailure): Promise<boolean> {
  const file = await db().correctionFile.findUnique({ where: { id }, include: { user: true } });
  if (!file || file.status === 'FAILED' || file.status === 'CANCELLED') return false;
  const failed = await db().$transaction(async (tx) => {
    const data = { failureReason: reason, failureMessage: message, finishedAt: new Date() };
    if (!(await changeCorrection(tx, id, file.status, { ...data, status: 'FAILED' }))) return false;
    const facts = { reason };
    await recordEvent(tx, { kind: 'CORRECTION_FAILED', by: file.user, ...(await importOf(tx, file)), facts });
    return true;
  });
  if (failed) await removeCorrectionFile(file);
  return failed;
}

/** Removes what the store has of a file of corrected rows, and the sample of its first rows. */
export async function removeCorrectionFile(file: { id: number; objectKey: string }): Promise<void> {
  await abandonUpload(file);
  await deleteObject(file.objectKey);
  await db().$executeRaw`
    update "CorrectionFile" set "fileDeletedAt" = now(), "inspection" = jsonb_set("inspection", '{sample}', '[]', false)
    where "id" = ${file.id} and "fileDeletedAt" is null`;
}

/** The import of a file, as the log names it. */
async function importOf(tx: Transaction, { importId }: CorrectionFile) {
  const { publicId, dataset } = await tx.import.findUniqueOrThrow({
    where: { id: importId },
    select: { publicId: true, dataset: { select: { id: true, name: true } } },
  });
  return { on: { id: publicId }, dataset };
}
