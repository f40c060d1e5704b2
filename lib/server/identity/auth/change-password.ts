import { APIError } from 'better-auth/api';
import type { z } from 'zod';
import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { countSignIn } from '@/lib/server/platform/limits/count-request';
import type { changePasswordInput } from '@/lib/shared/schema/user/users';
import { headersForLibrary, keepTokensHeader, loginLibrary } from './better-auth';
import { findSession } from './find-session';

/**
 * Changes the password of who is signed in, and in the same moment ends every session but a new one for this browser; API
 * tokens too, unless the person wants to keep them.
 * @returns the headers that set its cookie
 * @throws AppError `forbidden` when the current password is wrong or there is none, `bad-request` outside a browser,
 *   `too-many-requests`
 */
export async function changePassword(
  { keepTokens, ...input }: z.output<typeof changePasswordInput>,
  request: Request,
): Promise<Headers> {
  const session = await findSession(request);
  if (!session) {
    throw new AppError('bad-request', 'A password is changed in a browser, by the person who is signed in.');
  }
  const by = session.user;
  const succeeded = await countSignIn(by.email, request);
  try {
    const asked = headersForLibrary(request);
    if (keepTokens) asked.set(keepTokensHeader, 'true');
    const { headers } = await loginLibrary(request).api.changePassword({
      body: { ...input, revokeOtherSessions: true },
      headers: asked,
      returnHeaders: true,
    });
    await succeeded();
    return headers;
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
    await recordEvent(db(), {
      kind: 'SIGN_IN_FAILED',
      by,
      on: by,
      facts: { reason: 'wrong_current_password' },
    });
    throw new AppError('forbidden', 'The current password is not right.', { cause: error });
  }
}
