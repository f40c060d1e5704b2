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
  return loginLibrary(request).handler(request);
}
