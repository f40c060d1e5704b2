import { z } from 'zod';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { AppError } from '../errors';
import type { ImportView } from './contract';
import { type FoundImport, importView, viewed } from './view';

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

/** An import as it is at this moment: what verbs answer after they changed it, or found that another had. */
export async function currentView({ id }: { id: number }): Promise<ImportView> {
  return importView(await db().import.findUniqueOrThrow({ where: { id }, include: viewed }));
}
