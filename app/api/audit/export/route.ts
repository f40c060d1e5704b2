import { exportEvents } from '@/lib/server/audit/export-events';
import { adminRoute, download, parseQuery } from '@/lib/server/http/http';
import { auditFilter } from '@/lib/shared/schema/audit';

export const GET = adminRoute(async (request, user) =>
  download(await exportEvents(parseQuery(request, auditFilter), user)),
);
