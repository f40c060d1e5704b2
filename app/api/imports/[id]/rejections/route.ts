import { json, parseQuery, route } from '@/lib/http';
import { findImport } from '@/lib/imports/find-import';
import { listRejections, rejectionsQuery } from '@/lib/rejections/list-rejections';

export const GET = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await listRejections((await findImport(id, user)).id, parseQuery(request, rejectionsQuery))),
  'imports:read',
);
