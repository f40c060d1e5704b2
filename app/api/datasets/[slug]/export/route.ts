import { download, parseQuery, route } from '@/lib/http';
import { exportDataset } from '@/lib/rows/export/export-dataset';
import { exportQuery } from '@/lib/rows/export/export-rows';

export const GET = route<{ slug: string }>(
  async (request, user, { slug }) =>
    download(await exportDataset(slug, parseQuery(request, exportQuery), user)),
  'datasets:read',
);
