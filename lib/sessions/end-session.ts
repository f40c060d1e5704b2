import { z } from 'zod';
import { findSession } from '../auth/find-session';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { AppError } from '../errors';

/** Signs one of a person's own browsers out, at once. @throws AppError `not-found`, also for other people's */
export async function endSession(id: string, user: User): Promise<void> {
  const { count } = z.uuid().safeParse(id).success
    ? await db().session.deleteMany({ where: { id, userId: user.id } })
    : { count: 0 };
  if (count === 0) throw new AppError('not-found', 'There is no such session.');
}

/** Signs all of a person's other browsers out. */
export async function endOtherSessions(user: User, request: Request): Promise<void> {
  const current = await findSession(request);
  await db().session.deleteMany({
    where: { userId: user.id, ...(current ? { id: { not: current.id } } : {}) },
  });
}
