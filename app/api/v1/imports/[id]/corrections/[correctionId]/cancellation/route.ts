import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { cancelCorrection } from '@/lib/server/imports/corrections/end-correction';

export const POST = route<{ id: string; correctionId: string }>(
  async (_request, user, { id, correctionId }) => json(await cancelCorrection(id, correctionId, user)),
  'imports:write',
);
