import type { z } from 'zod';
import { maskedEmail } from '@/lib/server/audit/masked-email';
import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { inviteInput, MadeInvitation } from '@/lib/shared/schema/user/users';
import { invitationView, viewed } from './invitation-view';
import { expiryOf, newToken } from './token';

/**
 * Makes a link with which one person makes an account, once, within a week. An earlier link to the same address is
 * no good any more.
 * @returns the link's secret, which is kept nowhere
 * @throws AppError `conflict` when the address has an account
 */
export async function invite(input: z.output<typeof inviteInput>, user: User): Promise<MadeInvitation> {
  const { email, role } = input;
  if (await db().user.findUnique({ where: { email } })) {
    throw new AppError('conflict', `${email} has an account already.`);
  }
  const { token, tokenHash } = newToken();
  const data = { email, role, tokenHash, invitedById: user.id, expiresAt: expiryOf('account') };
  const made = await db().$transaction(async (tx) => {
    const unused = { email, resetsUserId: null, acceptedAt: null };
    const earlier = await tx.invitation.findFirst({ where: unused, select: { id: true } });
    await tx.invitation.deleteMany({ where: unused });
    // Under the id of the earlier one, so that the log knows all of them for one person's.
    const invitation = await tx.invitation.create({ data: { ...data, id: earlier?.id }, include: viewed });
    const on = { id: invitation.id, name: maskedEmail(email) };
    await recordEvent(tx, { kind: 'INVITED', by: user, on, facts: { role } });
    return invitation;
  });
  return { ...invitationView(made), token };
}
