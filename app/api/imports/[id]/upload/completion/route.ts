import { json, route } from '@/lib/http';
import { completeUpload } from '@/lib/uploads/complete-upload';

export const POST = route<{ id: string }>(
  async (_request, user, { id }) => json(await completeUpload(id, user)),
  'imports:write',
);
