import { json } from '@/lib/server/http/answer';
import { parseBody, parseQuery } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { resumeUpload, signParts } from '@/lib/server/imports/uploads/upload-parts';
import { signPartsInput, storedPartsQuery } from '@/lib/shared/schema/file/upload';

export const GET = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await resumeUpload(id, parseQuery(request, storedPartsQuery).after, user)),
  'imports:write',
);

export const POST = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await signParts(id, (await parseBody(request, signPartsInput)).partNumbers, user)),
  'imports:write',
);
