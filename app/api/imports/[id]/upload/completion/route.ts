import { json, parseBody, route } from '@/lib/http';
import { completeUploadInput } from '@/lib/imports/contract';
import { completeUpload } from '@/lib/uploads/complete-upload';

export const POST = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await completeUpload(id, (await parseBody(request, completeUploadInput)).parts, user)),
  'imports:write',
);
