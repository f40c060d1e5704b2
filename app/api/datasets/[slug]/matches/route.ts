import { matchFile } from '@/lib/columns/match-file';
import { json, parseBody, route } from '@/lib/http';
import { matchInput } from '@/lib/imports/contract';

export const POST = route<{ slug: string }>(
  async (request, user, { slug }) => json(await matchFile(slug, await parseBody(request, matchInput), user)),
  'datasets:read',
);
