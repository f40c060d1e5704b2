import { APIError } from 'better-auth/api';
import { AppError } from '../errors';
import { countSignIn } from '../limits/count-request';
import { headersForLibrary, loginLibrary } from './better-auth';

/**
 * Begins a session.
 * @returns the headers that set its cookie
 * @throws AppError `unauthenticated` for a wrong address or password alike, `too-many-requests` after many of them,
 *  `forbidden` for a disabled account
 */
export async function signIn(input: { email: string; password: string }, request: Request): Promise<Headers> {
  const agent = headersForLibrary(request);
  // A new session each time: what the browser had before is not carried over.
  agent.delete('cookie');
  const succeeded = await countSignIn(input.email);
  try {
    const { headers } = await loginLibrary(request).api.signInEmail({
      body: { email: input.email.toLowerCase(), password: input.password },
      headers: agent,
      returnHeaders: true,
    });
    await succeeded();
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
