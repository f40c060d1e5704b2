import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { cancelImport } from '@/lib/server/imports/cancel-import';

export const POST = route<{ id: string }>(
  async (_request, user, { id }) => json(await cancelImport(id, user)),
  'imports:write',
);
