import { recordEvent } from '@/lib/server/audit/record-event';
import type { Transaction } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { lockUser } from '../users/lock-user';

/**
 * Ends every API token of a person: whoever made one with a password that is another's now, or with an account that is
 * disabled, must not come back by it.
 * @returns how many
 */
export async function revokeAllTokens(
  tx: Transaction,
  userId: string,
  by: Pick<User, 'id' | 'name'>,
): Promise<number> {
  await lockUser(tx, userId);
  const tokens = await tx.apiToken.findMany({ where: { userId }, select: { id: true, name: true } });
  for (const token of tokens) {
    const { count } = await tx.apiToken.deleteMany({ where: { id: token.id } });
    if (count > 0) await recordEvent(tx, { kind: 'TOKEN_REVOKED', by, on: token });
  }
  return tokens.length;
}
