import { z } from 'zod';
import { db } from '../db/client';
import { AppError } from '../errors';

/** Somebody with an account. @throws AppError `not-found` */
export async function findPerson(id: string) {
  const found = z.uuid().safeParse(id).success
    ? await db().user.findFirst({ where: { id, removedAt: null } })
    : null;
  if (!found) throw new AppError('not-found', 'There is nobody with this account.');
  return found;
}
