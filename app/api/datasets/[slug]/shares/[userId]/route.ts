import { unshareDataset } from '@/lib/datasets/share-dataset';
import { json, route } from '@/lib/http';

export const DELETE = route<{ slug: string; userId: string }>(async (_request, user, { slug, userId }) => {
  await unshareDataset(slug, userId, user);
  return json({ ok: true });
});
