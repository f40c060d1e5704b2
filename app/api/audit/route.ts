import { auditQuery } from '@/lib/audit/contract';
import { listEvents } from '@/lib/audit/list-events';
import { adminRoute, json, parseQuery } from '@/lib/http';

export const GET = adminRoute(async (request) => json(await listEvents(parseQuery(request, auditQuery))));
