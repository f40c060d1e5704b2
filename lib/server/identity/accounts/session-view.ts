import { db } from '@/lib/server/platform/db/client';
import type { SessionView } from '@/lib/shared/schema/user/users';
import type { FoundSession } from '../auth/find-session';

/** Who is signed in, as pages show it. */
export async function sessionView({ user }: FoundSession): Promise<SessionView> {
  const { id, name, email, role } = user;
  const password = await db().account.count({ where: { userId: id, providerId: 'credential' } });
  return { user: { id, name, email, role }, hasPassword: password > 0 };
}
