import { json } from '@/lib/server/http/answer';
import { parseBody, parseQuery } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { resumeCorrection, signCorrectionParts } from '@/lib/server/imports/corrections/upload-correction';
import { signPartsInput, storedPartsQuery } from '@/lib/shared/schema/file/upload';

export const GET = route<{ id: string; correctionId: string }>(
  async (request, user, { id, correctionId }) => {
    const { after } = parseQuery(request, storedPartsQuery);
    return json(await resumeCorrection(id, correctionId, after, user));
  },
  'imports:write',
);

export const POST = route<{ id: string; correctionId: string }>(
  async (request, user, { id, correctionId }) => {
    const { partNumbers } = await parseBody(request, signPartsInput);
    return json(await signCorrectionParts(id, correctionId, partNumbers, user));
  },
  'imports:write',
);
