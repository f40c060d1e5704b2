import type {
  BrowserView,
  CheckedInvitation,
  MadeToken,
  MakeTokenInput,
  TokenView,
} from '@/lib/shared/schema/users';
import { call } from './client';

/** Changes what the person is called. */
export async function rename(name: string): Promise<void> {
  await call('PUT', '/api/account', { body: { name } });
}

/** Changes the password, signs every other browser out, and revokes all API tokens unless they are to be kept. */
export async function changePassword(
  currentPassword: string,
  newPassword: string,
  keepTokens: boolean,
): Promise<void> {
  await call('PUT', '/api/account/password', { body: { currentPassword, newPassword, keepTokens } });
}

/** The browsers in which the person is signed in. */
export async function listBrowsers(signal?: AbortSignal): Promise<BrowserView[]> {
  const answer = await call<{ sessions: BrowserView[] }>('GET', '/api/account/sessions', { signal });
  return answer.sessions;
}

/** Signs one browser out. */
export async function endSession(id: string): Promise<void> {
  await call('DELETE', `/api/account/sessions/${encodeURIComponent(id)}`);
}

/** Signs every other browser out. */
export async function endOtherSessions(): Promise<void> {
  await call('DELETE', '/api/account/sessions');
}

/** The person's API tokens. */
export async function listTokens(signal?: AbortSignal): Promise<TokenView[]> {
  const answer = await call<{ tokens: TokenView[] }>('GET', '/api/account/tokens', { signal });
  return answer.tokens;
}

/** Makes an API token; the answer is the one time that it is shown. */
export function makeToken(input: MakeTokenInput): Promise<MadeToken> {
  return call('POST', '/api/account/tokens', { body: input });
}

/** Ends an API token at once. */
export async function revokeToken(id: string): Promise<void> {
  await call('DELETE', `/api/account/tokens/${encodeURIComponent(id)}`);
}

/** What an invitation's link is for. */
export function checkInvitation(token: string): Promise<CheckedInvitation> {
  return call('POST', '/api/invitations/check', { body: { token }, open: true });
}

/** Uses an invitation's link and signs in. */
export async function acceptInvitation(input: {
  token: string;
  name?: string;
  password: string;
}): Promise<void> {
  await call('POST', '/api/invitations/acceptance', { body: input, open: true });
}
