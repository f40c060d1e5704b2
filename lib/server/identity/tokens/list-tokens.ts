import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import type { TokenView } from '@/lib/shared/schema/user/users';
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
