import type { Transaction } from '@/lib/server/platform/db/client';

/**
 * Holds an account until the transaction ends. Whatever gives or takes ways to come in does this first, before it touches
 * sessions or tokens: what is made at the same moment is either there to be ended, or is refused after that.
 * @returns whether the person is there, and may come in
 */
export async function lockUser(tx: Transaction, userId: string): Promise<boolean> {
  await tx.$queryRaw`select 1 from "User" where "id" = ${userId}::uuid for update`;
  return (await tx.user.count({ where: { id: userId, disabledAt: null } })) > 0;
}
