import { exportDataset } from '@/lib/server/datasets/rows/export/export-dataset';
import { exportQuery } from '@/lib/server/datasets/rows/export/export-rows';
import { download, parseQuery, route } from '@/lib/server/http/http';

export const GET = route<{ slug: string }>(
  async (request, user, { slug }) =>
    download(await exportDataset(slug, parseQuery(request, exportQuery), user)),
  'datasets:read',
);
