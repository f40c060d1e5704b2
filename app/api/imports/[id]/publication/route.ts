import { json, route } from '@/lib/http';
import { publishImport } from '@/lib/imports/publish-import';

export const POST = route<{ id: string }>(
  async (_request, user, { id }) => json(await publishImport(id, user)),
  'imports:write',
);
