import { z } from 'zod';
import { Role } from '@/lib/server/platform/db/generated/enums';
import type { User } from '@/lib/server/platform/user';
import { headersForLibrary, loginLibrary } from './better-auth';

/** A session as handlers know it. */
export interface FoundSession {
  id: string;
  user: User & { email: string };
}

const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(Role),
  disabledAt: z.date().nullish(),
});

/** The session of a request's cookie, if it has not ended and its person may still come in. */
export async function findSession(request: Request): Promise<FoundSession | null> {
  return (await readSession(request, true)).session;
}

/**
 * The same, and prolongs it.
 * @returns and the headers that set the prolonged cookie
 */
export async function prolongSession(
  request: Request,
): Promise<{ session: FoundSession | null; headers: Headers }> {
  return readSession(request, false);
}

async function readSession(request: Request, disableRefresh: boolean) {
  if (!request.headers.has('cookie')) return { session: null, headers: new Headers() };
  const { response, headers } = await loginLibrary(request).api.getSession({
    headers: headersForLibrary(request),
    query: { disableRefresh },
    returnHeaders: true,
  });
  if (!response) return { session: null, headers };
  const { disabledAt, ...user } = person.parse(response.user);
  return { session: disabledAt ? null : { id: response.session.id, user }, headers };
}
