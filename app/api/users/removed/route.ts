import { byNameQuery } from '@/lib/db/by-name';
import { adminRoute, json, parseQuery } from '@/lib/http';
import { listRemovedPeople } from '@/lib/people/list-people';

export const GET = adminRoute(async (request) =>
  json(await listRemovedPeople(parseQuery(request, byNameQuery))),
);
