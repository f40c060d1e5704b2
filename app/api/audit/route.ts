import { listEvents } from '@/lib/server/audit/list-events';
import { adminRoute, json, parseQuery } from '@/lib/server/http/http';
import { auditQuery } from '@/lib/shared/schema/audit';

export const GET = adminRoute(async (request) => json(await listEvents(parseQuery(request, auditQuery))));
