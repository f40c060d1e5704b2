import { isLocalCredential, userOfLocalCredential } from './local-credential';
import type { User } from './require-user';

/**
 * Whom a credential in the Authorization header stands for. Each kind begins with a prefix of its own.
 * @returns null for one that is unknown, wrong or expired
 */
export async function userOfBearer(authorization: string): Promise<User | null> {
  const credential = /^Bearer ([\w.~+/=-]{1,500})$/i.exec(authorization)?.[1];
  if (!credential) return null;
  if (isLocalCredential(credential)) return userOfLocalCredential(credential);
  return null;
}
