import type { TokenView } from '../accounts/contract';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { tokenView } from './token-view';

/** A person's own API tokens, the latest first, expired ones too. */
export async function listTokens(user: User): Promise<TokenView[]> {
  const found = await db().apiToken.findMany({
    where: { userId: user.id },
    orderBy: { createdAt: 'desc' },
    omit: { tokenHash: true },
  });
  return found.map(tokenView);
}
