import { download, route } from '@/lib/http';
import { findImport } from '@/lib/imports/find-import';
import { exportRejections } from '@/lib/rejections/export-rejections';

export const GET = route<{ id: string }>(async (_request, user, { id }) => {
  const it = await findImport(id, user);
  return download(`${it.fileName} - rejected rows.csv`, 'text/csv', exportRejections(it.id));
}, 'imports:read');
