import { scopes } from '@/lib/shared/schema/user/user-labels';
import type { TokenView } from '@/lib/shared/schema/user/users';

interface StoredToken {
  id: string;
  name: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
}

/** What may be shown of a token. */
export function tokenView(token: StoredToken): TokenView {
  return {
    id: token.id,
    name: token.name,
    scopes: scopes.filter((scope) => token.scopes.includes(scope)),
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt.toISOString(),
    expired: token.expiresAt <= new Date(),
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
  };
}
