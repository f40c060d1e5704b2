import type { InvitationView } from '../accounts/contract';
import { db } from '../db/client';
import { invitationView, viewed } from './invitation-view';
import { usable } from './token';

/** The invitations that can still be accepted, newest first. */
export async function listInvitations(): Promise<InvitationView[]> {
  const found = await db().invitation.findMany({
    where: { renewsId: null, ...usable() },
    orderBy: { createdAt: 'desc' },
    include: viewed,
  });
  return found.map(invitationView);
}
