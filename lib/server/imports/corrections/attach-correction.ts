import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import type { User } from '@/lib/server/platform/user';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { storedInspection } from '@/lib/shared/schema/import/stored-import';
import { currentView, findOwnImport } from '../find-import';
import { findCorrected } from './find-corrected';

/**
 * Makes an uploaded file what it was recognized as: corrected rows of an import in REVIEW. It is no import of its own
 * any more, and is treated as if it had been dropped there.
 * @returns the import that it corrects
 * @throws AppError `conflict` when it is not waiting to be started, brings no rows of an import that the person may
 *   correct, or that import is not waiting for its review
 */
export async function attachCorrection(id: string, user: User): Promise<ImportView> {
  const record = await findOwnImport(id, user);
  if (record.status !== 'MAPPING' || record.inspection === null)
    throw new AppError('conflict', 'This import is not waiting to be started. Reload the page.');
  const corrected = await findCorrected(storedInspection.parse(record.inspection), user);
  const target = corrected && (await findOwnImport(corrected.id, user));
  if (!target) throw new AppError('conflict', 'This file holds no rejected rows of an import.');
  if (target.status !== 'REVIEW')
    throw new AppError(
      'conflict',
      'That import is not waiting for its review any more. Import the corrected rows as a file of their own.',
    );
  const { publicId, userId, fileName, fileSize, objectKey } = record;
  await db().$transaction(async (tx) => {
    const where = { id: record.id, status: 'MAPPING', deletedAt: null } as const;
    if ((await tx.import.deleteMany({ where })).count === 0) return;
    const file = { publicId, userId, fileName, fileSize, objectKey };
    const made = await tx.correctionFile.create({
      data: { ...file, importId: target.id, status: 'INSPECTING' },
    });
    await enqueue(tx, 'receive', { correctionFileId: made.id }, userId);
  });
  return currentView(target);
}
