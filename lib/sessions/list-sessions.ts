import type { BrowserView } from '../accounts/contract';
import { findSession } from '../auth/find-session';
import type { User } from '../auth/require-user';
import { db } from '../db/client';

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
