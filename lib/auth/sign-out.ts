import { recordEvent } from '../audit/record-event';
import { db } from '../db/client';
import { headersForLibrary, loginLibrary } from './better-auth';
import { findSession } from './find-session';

/** Ends the session of this browser, if it has one. @returns the headers that take its cookie away */
export async function signOut(request: Request): Promise<Headers> {
  const session = await findSession(request);
  const { headers } = await loginLibrary(request).api.signOut({
    headers: headersForLibrary(request),
    returnHeaders: true,
  });
  if (session) await recordEvent(db(), { kind: 'SIGNED_OUT', by: session.user, on: session.user });
  return headers;
}
