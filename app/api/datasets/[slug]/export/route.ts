import { findDataset } from '@/lib/datasets/find-dataset';
import { download, parseQuery, route } from '@/lib/http';
import { exportQuery, exportRows } from '@/lib/rows/export-rows';

export const GET = route<{ slug: string }>(async (request, user, { slug }) => {
  const query = parseQuery(request, exportQuery);
  const dataset = await findDataset(slug, user);
  const type = query.format === 'csv' ? 'text/csv' : 'application/json';
  return download(`${dataset.slug}.${query.format}`, type, exportRows(dataset, query));
}, 'datasets:read');
