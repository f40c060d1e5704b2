import { scopes } from '@/lib/shared/schema/user-labels';
import type { TokenView } from '@/lib/shared/schema/users';

interface StoredToken {
  id: string;
  name: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
}

/** What may be shown of a token. */
export function tokenView(it: StoredToken): TokenView {
  return {
    id: it.id,
    name: it.name,
    scopes: scopes.filter((scope) => it.scopes.includes(scope)),
    createdAt: it.createdAt.toISOString(),
    expiresAt: it.expiresAt.toISOString(),
    expired: it.expiresAt <= new Date(),
    lastUsedAt: it.lastUsedAt?.toISOString() ?? null,
  };
}
