import { json, route } from '@/lib/http';
import { attachCorrection } from '@/lib/review/attach-correction';

export const POST = route<{ id: string }>(
  async (_request, user, { id }) => json(await attachCorrection(id, user)),
  'imports:write',
);
