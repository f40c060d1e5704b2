import { findDataset } from '@/lib/datasets/find-dataset';
import { deleteDataset } from '@/lib/deletion/delete-dataset';
import { json, route } from '@/lib/http';

export const GET = route<{ slug: string }>(
  async (_request, user, { slug }) => json(await findDataset(slug, user)),
  'datasets:read',
);

export const DELETE = route<{ slug: string }>(async (_request, user, { slug }) => {
  await deleteDataset(slug, user);
  return json({ ok: true });
});
