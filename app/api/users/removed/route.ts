import { adminRoute, json, parseQuery } from '@/lib/server/http/http';
import { listRemovedUsers } from '@/lib/server/identity/users/list-users';
import { byNameQuery } from '@/lib/server/platform/db/by-name';

export const GET = adminRoute(async (request) =>
  json(await listRemovedUsers(parseQuery(request, byNameQuery))),
);
