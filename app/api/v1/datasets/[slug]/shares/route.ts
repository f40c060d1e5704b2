import { listShares, shareDataset } from '@/lib/server/datasets/share-dataset';
import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { shareInput } from '@/lib/shared/schema/user/users';

export const GET = route<{ slug: string }>(async (_request, user, { slug }) =>
  json({ shares: await listShares(slug, user) }),
);

export const POST = route<{ slug: string }>(async (request, user, { slug }) =>
  json({ shares: await shareDataset(slug, await parseBody(request, shareInput), user) }),
);
