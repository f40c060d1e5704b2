import { findDataset } from '@/lib/datasets/find-dataset';
import { json, route } from '@/lib/http';

export const GET = route<{ slug: string }>(
  async (_request, user, { slug }) => json(await findDataset(slug, user)),
  'datasets:read',
);
