import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import type { BrowserView } from '@/lib/shared/schema/user/users';
import { findSession } from '../auth/find-session';

/** The browsers in which a person is signed in, the latest first. Their tokens stay in the database. */
export async function listSessions(user: User, request: Request): Promise<BrowserView[]> {
  const current = await findSession(request);
  const found = await db().session.findMany({
    where: { userId: user.id, expiresAt: { gt: new Date() } },
    orderBy: { createdAt: 'desc' },
    select: { id: true, userAgent: true, createdAt: true, expiresAt: true },
  });
  return found.map(({ id, userAgent, createdAt, expiresAt }) => ({
    id,
    current: id === current?.id,
    agent: userAgent,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}
