import { json, parseBody, parseQuery, route } from '@/lib/http';
import { signPartsInput, storedPartsQuery } from '@/lib/imports/contract';
import { resumeUpload, signParts } from '@/lib/uploads/upload-parts';

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
