import { findDataset } from '@/lib/server/datasets/find-dataset';
import { readRowPage, rowsQuery } from '@/lib/server/datasets/rows/read-rows';
import { json } from '@/lib/server/http/answer';
import { parseQuery } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';

export const GET = route<{ slug: string }>(
  async (request, user, { slug }) =>
    json(await readRowPage(await findDataset(slug, user), parseQuery(request, rowsQuery))),
  'datasets:read',
);
