import { json, parseBody, route } from '@/lib/http';
import { completeUpload } from '@/lib/imports/complete-upload';
import { completeUploadInput } from '@/lib/imports/contract';

export const POST = route<{ id: string }>(async (request, user, { id }) =>
  json(await completeUpload(id, (await parseBody(request, completeUploadInput)).parts, user)),
);
