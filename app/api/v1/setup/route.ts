import { json, withCookies } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { openRoute } from '@/lib/server/http/route';
import { makeOwner } from '@/lib/server/identity/accounts/make-owner';
import { setUpView } from '@/lib/server/identity/accounts/set-up-view';
import { makeOwnerInput } from '@/lib/shared/schema/user/users';

export const dynamic = 'force-dynamic';

export const GET = openRoute(async () => json(await setUpView()));

export const POST = openRoute(async (request) =>
  withCookies(json({ ok: true }, 201), await makeOwner(await parseBody(request, makeOwnerInput), request)),
);
