import { json, parseQuery, route } from '@/lib/server/http/http';
import { listOutcomes, outcomesQuery } from '@/lib/server/imports/outcomes/list-outcomes';

export const GET = route<{ id: string }>(
  async (request, user, { id }) => json(await listOutcomes(id, parseQuery(request, outcomesQuery), user)),
  'imports:read',
);
