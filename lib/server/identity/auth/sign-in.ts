import { APIError } from 'better-auth/api';
import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { countSignIn } from '@/lib/server/platform/limits/count-request';
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
  const succeeded = await countSignIn(input.email, request);
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
    const disabled = error.status === 'FORBIDDEN';
    await recordFailure(input.email, disabled ? 'account_disabled' : 'wrong_password');
    if (disabled) {
      throw new AppError('forbidden', 'This account is disabled. An administrator can enable it again.');
    }
    throw new AppError('unauthenticated', 'The e-mail address or the password is not right.', {
      cause: error,
    });
  }
}

/** Whose account it was tried with. What was typed is not kept: many type their password where the address belongs. */
async function recordFailure(email: string, reason: 'account_disabled' | 'wrong_password'): Promise<void> {
  const on = await db().user.findUnique({
    where: { email: email.toLowerCase() },
    select: { id: true, name: true },
  });
  await recordEvent(db(), {
    kind: 'SIGN_IN_FAILED',
    by: null,
    on: on ?? undefined,
    facts: { way: 'password', reason: on ? reason : 'unknown_address' },
  });
}
