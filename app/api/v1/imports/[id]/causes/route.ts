import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { listCauses } from '@/lib/server/imports/review/list-causes';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await listCauses(id, user)),
  'imports:read',
);
