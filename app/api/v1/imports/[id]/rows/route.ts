import { json } from '@/lib/server/http/answer';
import { parseQuery } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { listOutcomes, outcomesQuery } from '@/lib/server/imports/outcomes/list-outcomes';

export const GET = route<{ id: string }>(
  async (request, user, { id }) => json(await listOutcomes(id, parseQuery(request, outcomesQuery), user)),
  'imports:read',
);
