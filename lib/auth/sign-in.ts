import { APIError } from 'better-auth/api';
import { AppError } from '../errors';
import { countSignIn } from '../limits/count-request';
import { headersForLibrary, loginLibrary } from './better-auth';

interface Credentials {
  email: string;
  password: string;
}

/**
 * Begins a session, if there were not too many tries.
 * @returns the headers that set its cookie
 * @throws AppError `unauthenticated` for a wrong address or password alike, `forbidden` for a disabled account,
 *   `too-many-requests`
 */
export async function signIn(input: Credentials, request: Request): Promise<Headers> {
  const succeeded = await countSignIn(input.email);
  const headers = await beginSession(input, request);
  await succeeded();
  return headers;
}

/** The same for a password that was set a moment ago, by somebody who had the right to: no guess, so not counted. */
export async function beginSession(input: Credentials, request: Request): Promise<Headers> {
  const agent = headersForLibrary(request);
  // A new session each time: what the browser had before is not carried over.
  agent.delete('cookie');
  try {
    const { headers } = await loginLibrary(request).api.signInEmail({
      body: { email: input.email.toLowerCase(), password: input.password },
      headers: agent,
      returnHeaders: true,
    });
    return headers;
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
    if (error.status === 'FORBIDDEN') {
      throw new AppError('forbidden', 'This account is disabled. An administrator can enable it again.');
    }
    throw new AppError('unauthenticated', 'The e-mail address or the password is not right.', {
      cause: error,
    });
  }
}
