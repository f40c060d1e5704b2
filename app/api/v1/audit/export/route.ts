import { exportEvents } from '@/lib/server/audit/export-events';
import { parseQuery } from '@/lib/server/http/body';
import { download } from '@/lib/server/http/download';
import { adminRoute } from '@/lib/server/http/route';
import { auditFilter } from '@/lib/shared/schema/audit/audit';

export const GET = adminRoute(async (request, user) =>
  download(await exportEvents(parseQuery(request, auditFilter), user)),
);
