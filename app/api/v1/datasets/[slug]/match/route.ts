import { matchFile } from '@/lib/server/datasets/columns/match-file';
import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { matchInput } from '@/lib/shared/schema/dataset/match';

export const POST = route<{ slug: string }>(
  async (request, user, { slug }) => json(await matchFile(slug, await parseBody(request, matchInput), user)),
  'datasets:read',
);
