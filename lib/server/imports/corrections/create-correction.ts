import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { NewFileInput } from '@/lib/shared/schema/file/upload';
import type { CreatedCorrection } from '@/lib/shared/schema/review/correction';
import { findOwnImport } from '../find-import';
import { beginUpload, uploadWay } from '../uploads/begin-upload';
import { correctionView } from './correction-view';

/**
 * Makes the way for a file with corrected rows of an import that waits in REVIEW. When it is there, a job brings its
 * rows into the import.
 * @param id its public id, where an earlier attempt at the same request may have made it already
 * @throws AppError `conflict` when the import does not wait in REVIEW, and as {@link beginUpload}
 */
export async function createCorrection(
  importId: string,
  input: NewFileInput,
  user: User,
  id?: string,
): Promise<CreatedCorrection> {
  const record = await findOwnImport(importId, user);
  if (record.status === 'COMPLETED' || record.status === 'UNDONE')
    throw new AppError(
      'conflict',
      'This import is published: what readers saw of it does not change any more. Import the corrected rows as a file of their own.',
    );
  if (record.status !== 'REVIEW')
    throw new AppError('conflict', 'This import is not waiting for review, so it takes no corrections now.');
  const made = await beginUpload(
    input,
    user,
    async () =>
      id === undefined
        ? null
        : db().correctionFile.findUnique({ where: { publicId: id, importId: record.id } }),
    async (tx, file) => {
      const { publicId, dataset } = record;
      const facts = { bytes: file.fileSize };
      await recordEvent(tx, { kind: 'CORRECTION_CREATED', by: user, on: { id: publicId }, dataset, facts });
      return tx.correctionFile.create({
        data: { publicId: id, importId: record.id, userId: user.id, ...file },
      });
    },
  );
  return { correction: correctionView(made), upload: await uploadWay(made) };
}
