import { randomBytes } from 'node:crypto';
import type { MadeToken, MakeTokenInput } from '../accounts/contract';
import { recordEvent } from '../audit/record-event';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { tokenView } from './token-view';
import { hashApiToken, tokenPrefix } from './user-of-token';

const day = 24 * 60 * 60 * 1000;

/** Makes an API token for oneself. Only its hash is kept: the answer is the one time that it can be read. */
export async function makeToken({ name, scopes, days }: MakeTokenInput, user: User): Promise<MadeToken> {
  const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`;
  const expiresAt = new Date(Date.now() + days * day);
  const made = await db().$transaction(async (tx) => {
    const it = await tx.apiToken.create({
      data: { userId: user.id, name, scopes, expiresAt, tokenHash: hashApiToken(token) },
    });
    await recordEvent(tx, { kind: 'TOKEN_MADE', by: user, on: it, facts: { scope: scopes.join(' ') } });
    return it;
  });
  return { ...tokenView(made), token };
}
