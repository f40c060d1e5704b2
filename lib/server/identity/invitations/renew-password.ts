import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import type { MadeInvitation } from '@/lib/shared/schema/user/users';
import { findUser } from '../users/find-user';
import { invitationView, viewed } from './invitation-view';
import { expiryOf, newToken, usable } from './token';

/**
 * Makes a link with which somebody who forgot the password sets a new one, once, within a day. Nothing changes until
 * it is used.
 * @throws AppError `not-found`
 */
export async function renewPassword(id: string, user: User): Promise<MadeInvitation> {
  const person = await findUser(id);
  const { token, tokenHash } = newToken();
  const data = {
    email: person.email,
    role: person.role,
    resetsUserId: person.id,
    tokenHash,
    invitedById: user.id,
    expiresAt: expiryOf('password'),
  };
  const made = await db().$transaction(async (tx) => {
    await tx.invitation.deleteMany({ where: { resetsUserId: person.id, ...usable() } });
    await recordEvent(tx, { kind: 'PASSWORD_LINK_MADE', by: user, on: person });
    return tx.invitation.create({ data, include: viewed });
  });
  return { ...invitationView(made), token };
}
