import { z } from 'zod';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { AppError } from '../errors';
import { type FoundImport, viewed } from './view';

const publicId = z.uuid();

/**
 * The import under this public id, if it is this person's to see.
 * @throws AppError `not-found` for a forged id and for other people's imports alike
 */
export async function findImport(id: string, user: User): Promise<FoundImport> {
  const found = publicId.safeParse(id).success
    ? await db().import.findUnique({ where: { publicId: id }, include: viewed })
    : null;
  if (!found || (found.userId !== user.id && user.role !== 'ADMIN')) {
    throw new AppError('not-found', 'There is no such import.');
  }
  return found;
}
