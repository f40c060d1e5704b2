import { json, parseBody, route } from '@/lib/server/http/http';
import { listTokens } from '@/lib/server/identity/tokens/list-tokens';
import { makeToken } from '@/lib/server/identity/tokens/make-token';
import { makeTokenInput } from '@/lib/shared/schema/users';

export const GET = route(async (_request, user) => json({ tokens: await listTokens(user) }));

export const POST = route(async (request, user) =>
  json(await makeToken(await parseBody(request, makeTokenInput), user), 201),
);
