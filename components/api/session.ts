import type { SessionView, SetUpView } from '@/lib/shared/schema/users';
import { call } from './client';

const open = true;

/** Who is signed in in this browser, or null. */
export async function getSession(signal?: AbortSignal): Promise<SessionView | null> {
  const answer = await call<{ session: SessionView | null }>('GET', '/api/session', { signal, open });
  return answer.session;
}

/** @throws ApiError with a sentence for a wrong address or password */
export async function signIn(email: string, password: string): Promise<void> {
  await call('POST', '/api/session', { body: { email, password }, open });
}

/** Ends this browser's session. */
export async function signOut(): Promise<void> {
  await call('DELETE', '/api/session', { open });
}

/** How one may come in. */
export function getSetUp(signal?: AbortSignal): Promise<SetUpView> {
  return call('GET', '/api/setup', { signal, open });
}

/** The first visit: makes the owner's account and signs in. */
export async function makeOwner(input: {
  code: string;
  name: string;
  email: string;
  password: string;
}): Promise<void> {
  await call('POST', '/api/setup', { body: input, open });
}

/** Begins single sign-on. @returns the provider's address, where the person goes on */
export async function beginProviderSignIn(backTo: string): Promise<string> {
  const answer = await call<{ url: string }>('POST', '/api/auth/sign-in/social', {
    body: { provider: 'oidc', callbackURL: backTo, errorCallbackURL: '/sign-in', disableRedirect: true },
    open,
  });
  return answer.url;
}
