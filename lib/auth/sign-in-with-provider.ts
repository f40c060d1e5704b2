import { z } from 'zod';
import { authEnv } from '../env';
import { AppError } from '../errors';
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
  // A person is on the way back: a refusal belongs on the sign-in page, which says what it means.
  return request.method === 'GET' && answer.status >= 400 ? toSignIn(answer) : answer;
}

const refusal = z.object({ message: z.string().regex(/^[a-z_]{1,40}$/) });

async function toSignIn(answer: Response): Promise<Response> {
  const said = refusal.safeParse(await answer.json().catch(() => null));
  const code = said.success ? said.data.message : 'failed';
  return new Response(null, { status: 302, headers: { location: `/sign-in?error=${code}` } });
}
