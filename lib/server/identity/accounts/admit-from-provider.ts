import { APIError } from 'better-auth/api';
import { maskedEmail } from '@/lib/server/audit/masked-email';
import { type Named, recordEvent } from '@/lib/server/audit/record-event';
import { authEnv } from '@/lib/server/platform/env';
import { inLibraryTransaction } from '../auth/library-transaction';
import { isRemovedAddress } from '../users/removed-address';
import { hasOwner } from './owner';

/**
 * Decides about somebody whom the provider knows and Sluice does not: an invitation to that address lets them in,
 * with its role, and is used up; otherwise OIDC_SIGN_UP says whether everybody may. That is written down in
 * the transaction that uses the invitation up, before the login library makes the account.
 * @param by who they will be
 * @returns what the new account gets
 * @throws APIError that sends the browser back to the sign-in page
 */
export async function admitFromProvider(user: { email: string; emailVerified: boolean }, by: Named) {
  const email = user.email.toLowerCase();
  if (!user.emailVerified) throw new APIError('FORBIDDEN', { message: 'email_not_verified' });
  if (isRemovedAddress(email)) throw new APIError('FORBIDDEN', { message: 'not_invited' });
  return inLibraryTransaction(async (tx) => {
    if (!(await hasOwner(tx))) throw new APIError('FORBIDDEN', { message: 'no_owner_yet' });
    const [invitation] = await tx.invitation.updateManyAndReturn({
      where: { email, resetsUserId: null, acceptedAt: null, expiresAt: { gt: new Date() } },
      data: { acceptedAt: new Date() },
    });
    if (!invitation && authEnv().OIDC_SIGN_UP === 'invited') {
      throw new APIError('FORBIDDEN', { message: 'not_invited' });
    }
    const role = invitation?.role ?? 'MEMBER';
    const facts = { role };
    if (invitation) {
      const on = { id: invitation.id, name: maskedEmail(email) };
      await recordEvent(tx, { kind: 'INVITATION_ACCEPTED', by, on, facts });
    }
    await recordEvent(tx, { kind: 'PERSON_ADMITTED', by, on: by, facts });
    return { email, role };
  });
}
