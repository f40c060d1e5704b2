import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import type { CorrectionFile } from '@/lib/server/platform/db/generated/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { findOwnImport } from '../find-import';

const publicId = z.uuid();

/**
 * A file of corrected rows of an import that is this person's own.
 * @throws AppError `not-found`
 */
export async function findCorrection(importId: string, id: string, user: User): Promise<CorrectionFile> {
  const record = await findOwnImport(importId, user);
  const found = publicId.safeParse(id).success
    ? await db().correctionFile.findFirst({ where: { publicId: id, importId: record.id } })
    : null;
  if (!found) throw new AppError('not-found', 'This import has no such file of corrected rows.');
  return found;
}
