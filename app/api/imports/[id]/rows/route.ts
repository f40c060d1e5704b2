import { json, parseQuery, route } from '@/lib/http';
import { listOutcomes, outcomesQuery } from '@/lib/versions/list-outcomes';

export const GET = route<{ id: string }>(
  async (request, user, { id }) => json(await listOutcomes(id, parseQuery(request, outcomesQuery), user)),
  'imports:read',
);
