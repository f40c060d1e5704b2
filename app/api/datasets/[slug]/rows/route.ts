import { findDataset } from '@/lib/server/datasets/find-dataset';
import { readRowPage, rowsQuery } from '@/lib/server/datasets/rows/read-rows';
import { json, parseQuery, route } from '@/lib/server/http/http';

export const GET = route<{ slug: string }>(
  async (request, user, { slug }) =>
    json(await readRowPage(await findDataset(slug, user), parseQuery(request, rowsQuery))),
  'datasets:read',
);
