import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { attachCorrection } from '@/lib/server/imports/corrections/attach-correction';

export const POST = route<{ id: string }>(
  async (_request, user, { id }) => json(await attachCorrection(id, user)),
  'imports:write',
);
