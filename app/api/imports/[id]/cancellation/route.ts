import { json, route } from '@/lib/http';
import { cancelImport } from '@/lib/imports/cancel-import';

export const POST = route<{ id: string }>(
  async (_request, user, { id }) => json(await cancelImport(id, user)),
  'imports:write',
);
