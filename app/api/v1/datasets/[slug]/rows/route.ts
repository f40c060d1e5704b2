import { findDataset } from '@/lib/server/datasets/find-dataset';
import { queryRows, queryRowsQuery } from '@/lib/server/datasets/rows/query/query-rows';
import { json } from '@/lib/server/http/answer';
import { parseQuery } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';

export const GET = route<{ slug: string }>(
  async (request, user, { slug }) =>
    json(await queryRows(await findDataset(slug, user), parseQuery(request, queryRowsQuery))),
  'datasets:read',
);
