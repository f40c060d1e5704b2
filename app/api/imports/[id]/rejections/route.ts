import { z } from 'zod';
import { json, parseQuery, route } from '@/lib/http';
import { findImport } from '@/lib/imports/find-import';
import { listRejections } from '@/lib/rejections/list-rejections';

const query = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export const GET = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await listRejections((await findImport(id, user)).id, parseQuery(request, query))),
  'imports:read',
);
