import { z } from 'zod';
import { recordEvent } from '@/lib/server/audit/record-event';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { findSession } from '../auth/find-session';

/** Signs out one of the user's own browsers. @throws AppError `not-found`, also for the browsers of other users */
export async function endSession(id: string, user: User): Promise<void> {
  const count = z.uuid().safeParse(id).success ? await endSessions(user, { id }) : 0;
  if (count === 0) throw new AppError('not-found', 'There is no such session.');
}

/** Signs out all other browsers of a user. */
export async function endOtherSessions(user: User, request: Request): Promise<void> {
  const current = await findSession(request);
  await endSessions(user, current ? { id: { not: current.id } } : {});
}

async function endSessions(user: User, which: Prisma.SessionWhereInput): Promise<number> {
  return db().$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { ...which, userId: user.id } });
    if (count > 0)
      await recordEvent(tx, { kind: 'SESSIONS_ENDED', by: user, on: user, facts: { sessions: count } });
    return count;
  });
}
