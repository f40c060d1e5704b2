import { json, route } from '@/lib/http';
import { undoImport } from '@/lib/imports/undo-import';

export const POST = route<{ id: string }>(
  async (_request, user, { id }) => json(await undoImport(id, user)),
  'imports:write',
);
