import { json, parseOptionalBody, route } from '@/lib/http';
import { undoInput } from '@/lib/undo/contract';
import { redoImport } from '@/lib/undo/undo-import';

export const POST = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await redoImport(id, user, await parseOptionalBody(request, undoInput))),
  'imports:write',
);
