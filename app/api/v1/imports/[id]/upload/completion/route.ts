import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { completeUpload } from '@/lib/server/imports/uploads/complete-upload';

export const POST = route<{ id: string }>(
  async (_request, user, { id }) => json(await completeUpload(id, user)),
  'imports:write',
);
