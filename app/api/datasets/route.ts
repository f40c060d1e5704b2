import { listDatasets, listDatasetsQuery } from '@/lib/datasets/find-dataset';
import { json, parseQuery, route } from '@/lib/http';

export const GET = route(
  async (request, user) => json(await listDatasets(parseQuery(request, listDatasetsQuery), user)),
  'datasets:read',
);
