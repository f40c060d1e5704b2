import { listDatasets, listDatasetsQuery } from '@/lib/server/datasets/find-dataset';
import { json } from '@/lib/server/http/answer';
import { parseQuery } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';

export const GET = route(
  async (request, user) => json(await listDatasets(parseQuery(request, listDatasetsQuery), user)),
  'datasets:read',
);
