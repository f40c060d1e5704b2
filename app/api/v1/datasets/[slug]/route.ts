import { findDataset } from '@/lib/server/datasets/find-dataset';
import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { deleteDataset } from '@/lib/server/imports/deletion/delete-dataset';

export const GET = route<{ slug: string }>(
  async (_request, user, { slug }) => json(await findDataset(slug, user)),
  'datasets:read',
);

export const DELETE = route<{ slug: string }>(async (_request, user, { slug }) => {
  await deleteDataset(slug, user);
  return json({ ok: true });
});
