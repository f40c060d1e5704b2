import { z } from 'zod';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { visibleImports } from '../datasets/rights';
import { db } from '../platform/db/client';
import { AppError } from '../platform/errors';
import type { User } from '../platform/user';
import { type FoundImport, importView, viewed } from './view';

const publicId = z.uuid();

/**
 * The import under this public id, if it is this person's to see: the own ones, and those into a dataset that the
 * person manages.
 * @throws AppError `not-found` for a forged id and for other people's imports alike
 */
export async function findImport(id: string, user: User): Promise<FoundImport> {
  const found = publicId.safeParse(id).success
    ? await db().import.findFirst({ where: { publicId: id, ...visibleImports(user) }, include: viewed })
    : null;
  if (!found) throw new AppError('not-found', 'There is no such import.');
  return found;
}

/**
 * The same for what only its own person does with an import (or an administrator): sending the file, saying how it
 * is read, getting it back. The file may hold columns that were left out on purpose.
 * @throws AppError `not-found`
 */
export async function findOwnImport(id: string, user: User): Promise<FoundImport> {
  const found = await findImport(id, user);
  if (!isOwn(found, user)) throw new AppError('not-found', 'There is no such import.');
  return found;
}

/** Whether everything about the import is the person's to see and to do. */
export function isOwn(record: { userId: string }, user: User): boolean {
  return record.userId === user.id || user.role === 'ADMIN';
}

/**
 * An import as it is at this moment: what verbs answer after they changed it, or found that another had.
 * @throws AppError `not-found` when it was deleted meanwhile
 */
export async function currentView({ id }: { id: number }): Promise<ImportView> {
  const found = await db().import.findUnique({ where: { id, deletedAt: null }, include: viewed });
  if (!found) throw new AppError('not-found', 'There is no such import.');
  return importView(found);
}
