import { auditFilter } from '@/lib/audit/contract';
import { exportEvents } from '@/lib/audit/export-events';
import { adminRoute, download, parseQuery } from '@/lib/http';

export const GET = adminRoute(async (request, user) =>
  download(await exportEvents(parseQuery(request, auditFilter), user)),
);
