import { createHash, randomBytes } from 'node:crypto';

const day = 24 * 60 * 60 * 1000;

/** A link's secret, and what is kept of it. */
export function newToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}

/** Of 256 random bits a plain hash tells nothing, and can be looked up. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** How long a link is good: for an account a week, for a new password a day. */
export function expiryOf(kind: 'account' | 'password', now = Date.now()): Date {
  return new Date(now + (kind === 'account' ? 7 : 1) * day);
}

/** Prisma's filter for links that can still be used. */
export const usable = () => ({ acceptedAt: null, expiresAt: { gt: new Date() } });
