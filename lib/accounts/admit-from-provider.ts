import { APIError } from 'better-auth/api';
import { maskedEmail } from '../audit/masked-email';
import { db } from '../db/client';
import { authEnv } from '../env';
import { hasOwner } from './owner';

/**
 * Decides about somebody whom the provider knows and Sluice does not: an invitation to that address lets them in,
 * with its role, and is used up; otherwise OIDC_SIGN_UP says whether everybody may.
 * @returns what the new account gets, and the invitation that it used up
 * @throws APIError that sends the browser back to the sign-in page
 */
export async function admitFromProvider(user: { email: string; emailVerified: boolean }) {
  const email = user.email.toLowerCase();
  if (!user.emailVerified) throw new APIError('FORBIDDEN', { message: 'email_not_verified' });
  if (!(await hasOwner())) throw new APIError('FORBIDDEN', { message: 'no_owner_yet' });
  const [invitation] = await db().invitation.updateManyAndReturn({
    where: { email, renewsId: null, acceptedAt: null, expiresAt: { gt: new Date() } },
    data: { acceptedAt: new Date() },
  });
  if (!invitation && authEnv().OIDC_SIGN_UP === 'invited') {
    throw new APIError('FORBIDDEN', { message: 'not_invited' });
  }
  return {
    email,
    role: invitation?.role ?? 'MEMBER',
    invitation: invitation && { id: invitation.id, name: maskedEmail(email) },
  };
}
