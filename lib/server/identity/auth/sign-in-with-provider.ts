import { z } from 'zod';
import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { authEnv } from '@/lib/server/platform/env';
import { AppError } from '@/lib/server/platform/errors';
import { loginLibrary, oidcProvider } from './better-auth';

/** The library's own endpoints that are open; it has some thirty more. */
const open = new Map([
  ['sign-in/social', 'POST'],
  [`callback/${oidcProvider}`, 'GET'],
]);

/**
 * Hands a request over to the login library, for sign-in with the provider only.
 * @throws AppError `not-found` for every other endpoint, and without a provider
 */
export async function signInWithProvider(request: Request, path: string[]): Promise<Response> {
  const method = open.get(path.join('/'));
  if (!authEnv().OIDC_ISSUER || method !== request.method) {
    throw new AppError('not-found', 'There is no such address.');
  }
  const answer = await loginLibrary(request).handler(request);
  if (request.method !== 'GET' || begins(answer)) return answer;
  // A person is on the way back: a refusal belongs on the sign-in page, which says what it means.
  const code = await refusalOf(answer);
  const facts = { way: 'single sign-on', reason: code } as const;
  await recordEvent(db(), { kind: 'SIGN_IN_FAILED', by: null, facts });
  return answer.status < 400
    ? answer
    : new Response(null, { status: 302, headers: { location: `/sign-in?error=${code}` } });
}

/** Whether the answer begins a session. */
const begins = (answer: Response) =>
  answer.headers.getSetCookie().some((cookie) => /session_token=[^;]/.test(cookie));

const refusal = z
  .string()
  .regex(/^[a-z_]{1,40}$/)
  .catch('failed');

/** Why somebody was not let in, as a word: in the library's answer, or in the address that it sends the browser to. */
async function refusalOf(answer: Response): Promise<string> {
  const location = answer.headers.get('location');
  if (location) return refusal.parse(new URL(location, 'http://localhost').searchParams.get('error'));
  const body = z.object({ message: z.unknown() }).safeParse(await answer.json().catch(() => null));
  return refusal.parse(body.data?.message);
}
