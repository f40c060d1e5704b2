import { json, parseQuery, route } from '@/lib/server/http/http';
import { listRejections, rejectionsQuery } from '@/lib/server/imports/rejections/list-rejections';
import { findWithFile } from '@/lib/server/imports/source/assert-file-kept';

export const GET = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await listRejections((await findWithFile(id, user)).id, parseQuery(request, rejectionsQuery))),
  'imports:read',
);
