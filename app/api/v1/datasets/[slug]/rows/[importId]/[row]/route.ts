import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { readRowHistory } from '@/lib/server/imports/outcomes/read-row-history';

export const GET = route<{ slug: string; importId: string; row: string }>(
  async (_request, user, { slug, importId, row }) =>
    json(await readRowHistory(slug, { importId, row }, user)),
  'datasets:read',
);
