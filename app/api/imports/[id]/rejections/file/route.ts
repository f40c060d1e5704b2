import { download, parseQuery, route } from '@/lib/server/http/http';
import { exportRejections, rejectionsFileQuery } from '@/lib/server/imports/rejections/export-rejections';

export const GET = route<{ id: string }>(
  async (request, user, { id }) =>
    download(await exportRejections(id, parseQuery(request, rejectionsFileQuery).format, user)),
  'imports:read',
);
