import { download, route } from '@/lib/http';
import { exportRejections } from '@/lib/rejections/export-rejections';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => download(await exportRejections(id, user)),
  'imports:read',
);
