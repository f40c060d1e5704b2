import { randomBytes } from 'node:crypto';
import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { MadeToken, MakeTokenInput } from '@/lib/shared/schema/user/users';
import { lockUser } from '../users/lock-user';
import { tokenView } from './token-view';
import { hashApiToken, tokenPrefix } from './user-of-token';

const day = 24 * 60 * 60 * 1000;
/** Tokens of a person, expired ones too: the list of them is one page. */
export const mostTokens = 100;

/**
 * Makes an API token for oneself. Only its hash is kept: the answer is the one time that it can be read.
 * @param sessionId the session that asks for it; null for who uses the command line on this machine
 * @throws AppError `conflict` for more tokens than a person may have, `unauthenticated` where the session ended meanwhile:
 *   by a password that was changed, for example, which ends all tokens that were there
 */
export async function makeToken(
  { name, scopes, days }: MakeTokenInput,
  user: User,
  sessionId: string | null,
): Promise<MadeToken> {
  const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`;
  const expiresAt = new Date(Date.now() + days * day);
  const made = await db().$transaction(async (tx) => {
    // Two at once would both count the same.
    const mayComeIn = await lockUser(tx, user.id);
    const signedIn =
      sessionId === null || (await tx.session.count({ where: { id: sessionId, userId: user.id } })) > 0;
    if (!mayComeIn || !signedIn)
      throw new AppError('unauthenticated', 'Your session has ended. Sign in and try again.');
    if ((await tx.apiToken.count({ where: { userId: user.id } })) >= mostTokens)
      throw new AppError(
        'conflict',
        `You have ${mostTokens} API tokens, the most that a person may have. Revoke one that is not used any more, then create the new one.`,
      );
    const created = await tx.apiToken.create({
      data: { userId: user.id, name, scopes, expiresAt, tokenHash: hashApiToken(token) },
    });
    await recordEvent(tx, { kind: 'TOKEN_MADE', by: user, on: created, facts: { scope: scopes.join(' ') } });
    return created;
  });
  return { ...tokenView(made), token };
}
