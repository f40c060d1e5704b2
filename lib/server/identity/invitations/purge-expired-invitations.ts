import { db } from '@/lib/server/platform/db/client';

const day = 24 * 3600_000;

/** How long what became of a link is kept: as long as an expired token. */
const expiredDays = 30;

/** Removes invitations, used or not, that expired a month ago: they hold whole addresses. @returns how many */
export async function purgeExpiredInvitations(now: Date): Promise<number> {
  const { count } = await db().invitation.deleteMany({
    where: { expiresAt: { lt: new Date(now.getTime() - expiredDays * day) } },
  });
  return count;
}
