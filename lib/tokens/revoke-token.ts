import { z } from 'zod';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { AppError } from '../errors';

/** Ends one of a person's own API tokens, at once. @throws AppError `not-found`, also for other people's */
export async function revokeToken(id: string, user: User): Promise<void> {
  const { count } = z.uuid().safeParse(id).success
    ? await db().apiToken.deleteMany({ where: { id, userId: user.id } })
    : { count: 0 };
  if (count === 0) throw new AppError('not-found', 'There is no such token.');
}
