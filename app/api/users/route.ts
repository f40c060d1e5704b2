import { byNameQuery } from '@/lib/db/by-name';
import { adminRoute, json, parseQuery } from '@/lib/http';
import { listPeople } from '@/lib/people/list-people';

export const GET = adminRoute(async (request) => json(await listPeople(parseQuery(request, byNameQuery))));
