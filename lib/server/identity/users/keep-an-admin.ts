import { db, type Transaction } from '@/lib/server/platform/db/client';
import { lockNamed } from '@/lib/server/platform/db/named-lock';
import { AppError } from '@/lib/server/platform/errors';

/**
 * Changes somebody's rights so that an administrator who can sign in is left, whatever others change at once.
 * @throws AppError `conflict` when none would be left, and then nothing has changed
 */
export async function keepingAnAdmin<T>(change: (tx: Transaction) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    await lockNamed(tx, 'owner');
    const result = await change(tx);
    const left = await tx.user.count({ where: { role: 'ADMIN', disabledAt: null, accounts: { some: {} } } });
    if (left === 0) {
      throw new AppError(
        'conflict',
        'Nobody would be left to administer Sluice. Make somebody else an administrator first.',
      );
    }
    return result;
  });
}
