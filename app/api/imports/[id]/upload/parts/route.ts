import { json, parseBody, route } from '@/lib/http';
import { recordPartsInput, signPartsInput } from '@/lib/imports/contract';
import { recordParts, resumeUpload, signParts } from '@/lib/uploads/upload-parts';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await resumeUpload(id, user)),
  'imports:write',
);

export const POST = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await signParts(id, (await parseBody(request, signPartsInput)).partNumbers, user)),
  'imports:write',
);

export const PUT = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await recordParts(id, (await parseBody(request, recordPartsInput)).parts, user)),
  'imports:write',
);
