import type { User } from '@/lib/server/platform/user';
import type { Scope } from '@/lib/shared/schema/user/user-labels';
import { isApiToken, userOfApiToken } from '../tokens/user-of-token';
import { isLocalCredential, userOfLocalCredential } from './local-credential';

/**
 * Whom a credential in the Authorization header stands for. Each kind begins with a prefix of its own.
 * @param scope what an API token has to be allowed; undefined where none is taken
 * @returns null for one that is unknown, wrong or expired
 * @throws AppError `forbidden` for an API token without the scope
 */
export async function userOfBearer(authorization: string, scope: Scope | undefined): Promise<User | null> {
  const credential = /^Bearer ([\w.~+/=-]{1,500})$/i.exec(authorization)?.[1];
  if (!credential) return null;
  if (isLocalCredential(credential)) return userOfLocalCredential(credential);
  if (isApiToken(credential)) return userOfApiToken(credential, scope);
  return null;
}
