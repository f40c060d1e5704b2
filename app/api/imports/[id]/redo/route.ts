import { json, route } from '@/lib/http';
import { redoImport } from '@/lib/imports/undo-import';

export const POST = route<{ id: string }>(
  async (_request, user, { id }) => json(await redoImport(id, user)),
  'imports:write',
);
