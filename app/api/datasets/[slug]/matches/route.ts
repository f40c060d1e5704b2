import { matchFile } from '@/lib/server/datasets/columns/match-file';
import { json, parseBody, route } from '@/lib/server/http/http';
import { matchInput } from '@/lib/shared/schema/imports';

export const POST = route<{ slug: string }>(
  async (request, user, { slug }) => json(await matchFile(slug, await parseBody(request, matchInput), user)),
  'datasets:read',
);
