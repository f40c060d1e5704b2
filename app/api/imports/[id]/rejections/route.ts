import { json, parseQuery, route } from '@/lib/http';
import { findWithFile } from '@/lib/imports/source/deleted-file';
import { listRejections, rejectionsQuery } from '@/lib/rejections/list-rejections';

export const GET = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await listRejections((await findWithFile(id, user)).id, parseQuery(request, rejectionsQuery))),
  'imports:read',
);
