import { json } from '@/lib/server/http/answer';
import { parseQuery } from '@/lib/server/http/body';
import { adminRoute } from '@/lib/server/http/route';
import { listRemovedUsers } from '@/lib/server/identity/users/list-users';
import { byNameQuery } from '@/lib/server/platform/db/by-name';

export const GET = adminRoute(async (request) =>
  json(await listRemovedUsers(parseQuery(request, byNameQuery))),
);
