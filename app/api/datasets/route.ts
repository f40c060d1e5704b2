import { listDatasets } from '@/lib/datasets/find-dataset';
import { json, route } from '@/lib/http';

export const GET = route(
  async (_request, user) => json({ datasets: await listDatasets(user) }),
  'datasets:read',
);
