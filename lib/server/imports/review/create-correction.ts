import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { CreatedImport, CreateImportInput } from '@/lib/shared/schema/imports';
import { createImport } from '../create-import';
import { findOwnImport } from '../find-import';

/**
 * Opens the upload of a file with corrected rows of an import that waits in REVIEW. It goes up as every other file
 * does; when it is there, a job brings its rows into the import.
 * @throws AppError `conflict` when the import does not wait in REVIEW, and as {@link createImport}
 */
export async function createCorrection(
  importId: string,
  input: CreateImportInput,
  user: User,
  id?: string,
): Promise<CreatedImport> {
  const it = await findOwnImport(importId, user);
  if (it.status === 'COMPLETED' || it.status === 'UNDONE')
    throw new AppError(
      'conflict',
      'This import is published: what readers saw of it does not change any more. Import the corrected rows as a file of their own.',
    );
  if (it.status !== 'REVIEW')
    throw new AppError('conflict', 'This import is not waiting for review, so it takes no corrections now.');
  return createImport(input, user, id, it.publicId);
}
