import { unshareDataset } from '@/lib/server/datasets/share-dataset';
import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';

export const DELETE = route<{ slug: string; userId: string }>(async (_request, user, { slug, userId }) => {
  await unshareDataset(slug, userId, user);
  return json({ ok: true });
});
