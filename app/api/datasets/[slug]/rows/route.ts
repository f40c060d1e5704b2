import { findDataset } from '@/lib/datasets/find-dataset';
import { json, parseQuery, route } from '@/lib/http';
import { readRowPage, rowsQuery } from '@/lib/rows/read-rows';

export const GET = route<{ slug: string }>(
  async (request, user, { slug }) =>
    json(await readRowPage(await findDataset(slug, user), parseQuery(request, rowsQuery))),
  'datasets:read',
);
