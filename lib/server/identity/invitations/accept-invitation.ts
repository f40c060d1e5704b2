import type { z } from 'zod';
import { maskedEmail } from '@/lib/server/audit/masked-email';
import { recordEvent } from '@/lib/server/audit/record-event';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { acceptInvitationInput, CheckedInvitation } from '@/lib/shared/schema/user/users';
import { hashPassword, setPassword } from '../auth/password';
import { beginSession } from '../auth/sign-in';
import { revokeAllTokens } from '../tokens/revoke-all-tokens';
import { lockUser } from '../users/lock-user';
import { hashToken, usable } from './token';

/**
 * What a link is for.
 * @throws AppError `not-found` for one that is wrong, used, withdrawn or expired: which of these is nobody's business
 */
export async function checkInvitation(token: string): Promise<CheckedInvitation> {
  const found = await db().invitation.findFirst({
    where: { tokenHash: hashToken(token), ...usable() },
    include: { invitedBy: { select: { name: true } } },
  });
  if (!found) throw useless();
  const kind = found.resetsUserId ? 'password' : 'account';
  return { email: found.email, invitedBy: found.invitedBy.name, kind };
}

/**
 * Uses a link: makes the account, or sets the new password and ends every session and API token of before;
 * then signs in.
 * Of two at once one does it.
 * @returns the headers that set the session's cookie
 * @throws AppError `not-found` for a link that is no good, `bad-request` without a name
 */
export async function acceptInvitation(
  { token, name, password }: z.output<typeof acceptInvitationInput>,
  request: Request,
): Promise<Headers> {
  const { kind } = await checkInvitation(token);
  if (kind === 'account' && !name) throw new AppError('bad-request', 'Say what you are called.');
  const hash = await hashPassword(password, request);
  const email = await db().$transaction(async (tx) => {
    const renewing = await tx.invitation.findFirst({
      where: { tokenHash: hashToken(token), ...usable() },
      select: { resetsUserId: true },
    });
    if (renewing?.resetsUserId) await lockUser(tx, renewing.resetsUserId);
    const [used] = await tx.invitation.updateManyAndReturn({
      where: { tokenHash: hashToken(token), ...usable() },
      data: { acceptedAt: new Date() },
    });
    if (!used) throw useless();
    const userId = used.resetsUserId ?? (await makeAccount(tx, used, name ?? ''));
    await setPassword(tx, userId, hash);
    await tx.session.deleteMany({ where: { userId } });
    const by = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { id: true, name: true } });
    if (used.resetsUserId) {
      await revokeAllTokens(tx, userId, by);
      await recordEvent(tx, { kind: 'PASSWORD_RENEWED', by, on: by });
    } else {
      const on = { id: used.id, name: maskedEmail(used.email) };
      await recordEvent(tx, { kind: 'INVITATION_ACCEPTED', by, on, facts: { role: used.role } });
    }
    return used.email;
  });
  return beginSession({ email, password }, request);
}

async function makeAccount(
  tx: Transaction,
  { email, role }: { email: string; role: 'MEMBER' | 'ADMIN' },
  name: string,
): Promise<string> {
  const there = await tx.user.findUnique({ where: { email } });
  if (there) throw new AppError('conflict', `${email} has an account already. Sign in instead.`);
  // The address counts as verified: an administrator chose it and handed over the link.
  const { id } = await tx.user.create({ data: { email, name, role, emailVerified: true } });
  return id;
}

function useless(): AppError {
  return new AppError(
    'not-found',
    'This link is not good any more: it was used, withdrawn, or is too old. Ask an administrator for a new one.',
  );
}
