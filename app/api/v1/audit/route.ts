import { listEvents } from '@/lib/server/audit/list-events';
import { json } from '@/lib/server/http/answer';
import { parseQuery } from '@/lib/server/http/body';
import { adminRoute } from '@/lib/server/http/route';
import { auditQuery } from '@/lib/shared/schema/audit/audit';

export const GET = adminRoute(async (request) => json(await listEvents(parseQuery(request, auditQuery))));
