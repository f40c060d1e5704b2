import { createHash } from 'node:crypto';
import { type Named, recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import type { ApiToken } from '@/lib/server/platform/db/generated/client';
import { AppError } from '@/lib/server/platform/errors';
import { noteCredential } from '@/lib/server/platform/request-source';
import type { User } from '@/lib/server/platform/user';
import type { Scope } from '@/lib/shared/schema/user/user-labels';

/** What every token begins with, so that people and scanners for leaked secrets know one when they see it. */
export const tokenPrefix = 'sluice_';

export const isApiToken = (credential: string) => credential.startsWith(tokenPrefix);

/** A plain hash is enough for 256 random bits, and can be looked up by index. */
export function hashApiToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Whom an API token stands for, and notes that it was used.
 * @param scope what it has to be allowed; undefined where no token is taken
 * @returns null for one that is unknown, revoked or expired, or whose person may not come in
 * @throws AppError `forbidden` without the scope
 */
export async function userOfApiToken(token: string, scope: Scope | undefined): Promise<User | null> {
  const now = new Date();
  const found = await db().apiToken.findUnique({
    where: { tokenHash: hashApiToken(token) },
    include: { user: true },
  });
  if (!found || found.expiresAt <= now || found.user.disabledAt || found.user.removedAt) return null;
  if (!scope) throw new AppError('forbidden', 'An API token cannot do this. Sign in and do it on the page.');
  if (!found.scopes.includes(scope)) {
    throw new AppError(
      'forbidden',
      `This API token lacks the scope ${scope}. Create one that has it on your account page.`,
    );
  }
  await noteUse(found, now);
  const { id, name, role } = found.user;
  noteCredential(`token:${found.name}`);
  return { id, name, role };
}

const minute = 60_000;
const hourOf = (moment: Date) => Math.floor(moment.getTime() / (60 * minute));

/**
 * A script may ask many times a second: one write a minute says as much, and one line an hour in the audit log, beside
 * those of what was done with the token.
 */
async function noteUse(token: ApiToken & { user: Named }, now: Date): Promise<void> {
  const { id, name, user, lastUsedAt: before } = token;
  const minuteAgo = new Date(now.getTime() - minute);
  if (before && before >= minuteAgo) return;
  await db().$transaction(async (tx) => {
    const { count } = await tx.apiToken.updateMany({
      where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: minuteAgo } }] },
      data: { lastUsedAt: now },
    });
    if (count === 0 || (before && hourOf(before) === hourOf(now))) return;
    await recordEvent(tx, { kind: 'TOKEN_USED', by: user, on: { id, name } });
  });
}
