import { withCappedBody } from '@/lib/server/http/body';
import { openRoute } from '@/lib/server/http/route';
import { signInWithProvider } from '@/lib/server/identity/auth/sign-in-with-provider';

/** Single sign-on: the way to the provider and back. Everything else about accounts has resources of its own. */
const handler = openRoute<{ path: string[] }>(async (request, { path }) =>
  signInWithProvider(await withCappedBody(request), path),
);

export { handler as GET, handler as POST };
