import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { requireSession } from '@/lib/server/identity/auth/require-user';
import { listTokens } from '@/lib/server/identity/tokens/list-tokens';
import { makeToken } from '@/lib/server/identity/tokens/make-token';
import { makeTokenInput } from '@/lib/shared/schema/user/users';

export const GET = route(async (_request, user) => json({ tokens: await listTokens(user) }));

export const POST = route(async (request, user) =>
  json(await makeToken(await parseBody(request, makeTokenInput), user, await requireSession(request)), 201),
);
