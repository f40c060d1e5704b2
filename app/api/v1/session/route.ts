import { json, withCookies } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { openRoute } from '@/lib/server/http/route';
import { sessionView } from '@/lib/server/identity/accounts/session-view';
import { prolongSession } from '@/lib/server/identity/auth/find-session';
import { signIn } from '@/lib/server/identity/auth/sign-in';
import { signOut } from '@/lib/server/identity/auth/sign-out';
import { signInInput } from '@/lib/shared/schema/user/users';

/** Who is signed in here, or null. Prolongs the session: pages ask when they are opened. */
export const GET = openRoute(async (request) => {
  const { session, headers } = await prolongSession(request);
  return withCookies(json({ session: session && (await sessionView(session)) }), headers);
});

export const POST = openRoute(async (request) =>
  withCookies(json({ ok: true }), await signIn(await parseBody(request, signInInput), request)),
);

export const DELETE = openRoute(async (request) => withCookies(json({ ok: true }), await signOut(request)));
