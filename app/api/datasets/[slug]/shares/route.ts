import { listShares, shareDataset } from '@/lib/server/datasets/share-dataset';
import { json, parseBody, route } from '@/lib/server/http/http';
import { shareInput } from '@/lib/shared/schema/users';

export const GET = route<{ slug: string }>(async (_request, user, { slug }) =>
  json({ shares: await listShares(slug, user) }),
);

export const PUT = route<{ slug: string }>(async (request, user, { slug }) =>
  json({ shares: await shareDataset(slug, await parseBody(request, shareInput), user) }),
);
