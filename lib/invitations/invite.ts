import type { z } from 'zod';
import type { inviteInput, MadeInvitation } from '../accounts/contract';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { AppError } from '../errors';
import { invitationView, viewed } from './invitation-view';
import { expiryOf, newToken, usable } from './token';

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
  const [, made] = await db().$transaction([
    db().invitation.deleteMany({ where: { email, renewsId: null, ...usable() } }),
    db().invitation.create({ data, include: viewed }),
  ]);
  return { ...invitationView(made), token };
}
