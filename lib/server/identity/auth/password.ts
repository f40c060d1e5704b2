import type { Transaction } from '@/lib/server/platform/db/client';
import { loginLibrary } from './better-auth';

/** Password hash as better-auth stores it: scrypt with its own salt. */
export async function hashPassword(password: string, request: Request): Promise<string> {
  const { password: hasher } = await loginLibrary(request).$context;
  return hasher.hash(password);
}

/** Sets the password of an account, whether or not it had one. */
export async function setPassword(tx: Transaction, userId: string, hash: string): Promise<void> {
  await tx.account.upsert({
    where: { providerId_accountId: { providerId: 'credential', accountId: userId } },
    create: { providerId: 'credential', accountId: userId, userId, password: hash },
    update: { password: hash },
  });
}
