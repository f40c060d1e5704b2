import { listDatasets, listDatasetsQuery } from '@/lib/server/datasets/find-dataset';
import { json, parseQuery, route } from '@/lib/server/http/http';

export const GET = route(
  async (request, user) => json(await listDatasets(parseQuery(request, listDatasetsQuery), user)),
  'datasets:read',
);
