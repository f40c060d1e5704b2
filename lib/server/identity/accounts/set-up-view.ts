import { authEnv } from '@/lib/server/platform/env';
import type { SetUpView } from '@/lib/shared/schema/user/users';
import { hasOwner } from './owner';

/** Which sign-in options are available. Nothing here is secret. */
export async function setUpView(): Promise<SetUpView> {
  const { OIDC_ISSUER, OIDC_NAME } = authEnv();
  return { needed: !(await hasOwner()), provider: OIDC_ISSUER ? OIDC_NAME : null };
}
