import { signInInput } from '@/lib/accounts/contract';
import { sessionView } from '@/lib/accounts/session-view';
import { prolongSession } from '@/lib/auth/find-session';
import { signIn } from '@/lib/auth/sign-in';
import { signOut } from '@/lib/auth/sign-out';
import { json, openRoute, parseBody, withCookies } from '@/lib/http';

/** Who is signed in here, or null. Prolongs the session: pages ask when they are opened. */
export const GET = openRoute(async (request) => {
  const { session, headers } = await prolongSession(request);
  return withCookies(json({ session: session && (await sessionView(session)) }), headers);
});

export const POST = openRoute(async (request) =>
  withCookies(json({ ok: true }), await signIn(await parseBody(request, signInInput), request)),
);

export const DELETE = openRoute(async (request) => withCookies(json({ ok: true }), await signOut(request)));
