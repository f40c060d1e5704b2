import type { Transaction } from '@/lib/server/platform/db/client';
import { lockUser } from './lock-user';

/** Signs somebody out everywhere and takes every way in, and every right, away. */
export async function endAccount(tx: Transaction, userId: string): Promise<void> {
  await lockUser(tx, userId);
  await tx.session.deleteMany({ where: { userId } });
  await tx.account.deleteMany({ where: { userId } });
  await tx.apiToken.deleteMany({ where: { userId } });
  await tx.idempotentResponse.deleteMany({ where: { userId } });
  await tx.datasetShare.deleteMany({ where: { userId } });
  await tx.invitation.deleteMany({ where: { resetsUserId: userId } });
}
