import { makeTokenInput } from '@/lib/accounts/contract';
import { json, parseBody, route } from '@/lib/http';
import { listTokens } from '@/lib/tokens/list-tokens';
import { makeToken } from '@/lib/tokens/make-token';

export const GET = route(async (_request, user) => json({ tokens: await listTokens(user) }));

export const POST = route(async (request, user) =>
  json(await makeToken(await parseBody(request, makeTokenInput), user), 201),
);
