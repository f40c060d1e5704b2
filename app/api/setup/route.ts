import { makeOwnerInput } from '@/lib/accounts/contract';
import { makeOwner } from '@/lib/accounts/make-owner';
import { setUpView } from '@/lib/accounts/set-up-view';
import { json, openRoute, parseBody, withCookies } from '@/lib/http';

export const dynamic = 'force-dynamic';

export const GET = openRoute(async () => json(await setUpView()));

export const POST = openRoute(async (request) =>
  withCookies(json({ ok: true }, 201), await makeOwner(await parseBody(request, makeOwnerInput), request)),
);
