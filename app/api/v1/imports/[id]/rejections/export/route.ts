import { parseQuery } from '@/lib/server/http/body';
import { download } from '@/lib/server/http/download';
import { route } from '@/lib/server/http/route';
import { exportRejections, exportRejectionsQuery } from '@/lib/server/imports/rejections/export-rejections';

export const GET = route<{ id: string }>(
  async (request, user, { id }) =>
    download(await exportRejections(id, parseQuery(request, exportRejectionsQuery).format, user)),
  'imports:read',
);
