import { createHash, randomBytes } from 'node:crypto';

const day = 24 * 60 * 60 * 1000;

/** A link's secret, and what is kept of it. */
export function newToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}

/** A plain hash is enough for 256 random bits, and can be looked up by index. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** How long a link is valid: a week for a new account, a day for a new password. */
export function expiryOf(kind: 'account' | 'password', now = Date.now()): Date {
  return new Date(now + (kind === 'account' ? 7 : 1) * day);
}

/** Prisma's filter for links that can still be used. */
export const usable = () => ({ acceptedAt: null, expiresAt: { gt: new Date() } });
