import { exportDataset } from '@/lib/server/datasets/rows/export/export-dataset';
import { exportQuery } from '@/lib/server/datasets/rows/export/export-rows';
import { parseQuery } from '@/lib/server/http/body';
import { download } from '@/lib/server/http/download';
import { route } from '@/lib/server/http/route';

export const GET = route<{ slug: string }>(
  async (request, user, { slug }) =>
    download(await exportDataset(slug, parseQuery(request, exportQuery), user)),
  'datasets:read',
);
