import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { completeCorrection } from '@/lib/server/imports/corrections/upload-correction';

export const POST = route<{ id: string; correctionId: string }>(
  async (_request, user, { id, correctionId }) => json(await completeCorrection(id, correctionId, user)),
  'imports:write',
);
