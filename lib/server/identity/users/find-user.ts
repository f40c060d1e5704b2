import { z } from 'zod';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';

/** Somebody with an account. @throws AppError `not-found` */
export function findUser(id: string) {
  return find(id, { removedAt: null });
}

/** The same, or somebody whose account was removed and whose name is still there. @throws AppError `not-found` */
export function findUserOrRemoved(id: string) {
  return find(id, { purgedAt: null });
}

async function find(id: string, which: Prisma.UserWhereInput) {
  const found = z.uuid().safeParse(id).success
    ? await db().user.findFirst({ where: { AND: [{ id }, which] } })
    : null;
  if (!found) throw new AppError('not-found', 'There is no such person.');
  return found;
}
