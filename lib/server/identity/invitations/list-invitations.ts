import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import type { InvitationPage } from '@/lib/shared/schema/user/users';
import { invitationView, viewed } from './invitation-view';
import { usable } from './token';

export const listInvitationsQuery = z.object({
  before: z.uuid().optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

/** The invitations that can still be accepted, newest first (their ids grow with time), page by page. */
export async function listInvitations({
  before,
  limit,
}: z.output<typeof listInvitationsQuery>): Promise<InvitationPage> {
  const found = await db().invitation.findMany({
    where: { AND: [{ resetsUserId: null }, usable(), before ? { id: { lt: before } } : {}] },
    orderBy: { id: 'desc' },
    take: limit,
    include: viewed,
  });
  const last = found.length === limit ? found.at(-1) : undefined;
  return { invitations: found.map(invitationView), next: last?.id ?? null };
}
