import { json } from '@/lib/server/http/answer';
import { parseQuery } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { listRejections, rejectionsQuery } from '@/lib/server/imports/rejections/list-rejections';
import { findWithFile } from '@/lib/server/imports/source/assert-file-kept';

export const GET = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await listRejections((await findWithFile(id, user)).id, parseQuery(request, rejectionsQuery))),
  'imports:read',
);
