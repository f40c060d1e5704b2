import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { headersForLibrary, loginLibrary } from './better-auth';
import { findSession } from './find-session';

/** Ends the session of this browser, if it has one. @returns the headers that take its cookie away */
export async function signOut(request: Request): Promise<Headers> {
  const session = await findSession(request);
  // First, as for signing in.
  if (session) await recordEvent(db(), { kind: 'SIGNED_OUT', by: session.user, on: session.user });
  const { headers } = await loginLibrary(request).api.signOut({
    headers: headersForLibrary(request),
    returnHeaders: true,
  });
  return headers;
}
