import { json, route } from '@/lib/server/http/http';
import { listCauses } from '@/lib/server/imports/review/list-causes';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await listCauses(id, user)),
  'imports:read',
);
