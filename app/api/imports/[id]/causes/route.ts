import { json, route } from '@/lib/http';
import { listCauses } from '@/lib/review/list-causes';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await listCauses(id, user)),
  'imports:read',
);
