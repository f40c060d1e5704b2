import { randomBytes } from 'node:crypto';
import type { MadeToken, MakeTokenInput } from '../accounts/contract';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { tokenView } from './token-view';
import { hashApiToken, tokenPrefix } from './user-of-token';

const day = 24 * 60 * 60 * 1000;

/** Makes an API token for oneself. Only its hash is kept: the answer is the one time that it can be read. */
export async function makeToken({ name, scopes, days }: MakeTokenInput, user: User): Promise<MadeToken> {
  const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`;
  const expiresAt = new Date(Date.now() + days * day);
  const made = await db().apiToken.create({
    data: { userId: user.id, name, scopes, expiresAt, tokenHash: hashApiToken(token) },
  });
  return { ...tokenView(made), token };
}
