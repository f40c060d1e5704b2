import { json, route } from '@/lib/server/http/http';
import { cancelImport } from '@/lib/server/imports/cancel-import';

export const POST = route<{ id: string }>(
  async (_request, user, { id }) => json(await cancelImport(id, user)),
  'imports:write',
);
