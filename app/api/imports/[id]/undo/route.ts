import { json, parseOptionalBody, route } from '@/lib/http';
import { undoInput } from '@/lib/undo/contract';
import { previewUndo } from '@/lib/undo/preview-undo';
import { undoImport } from '@/lib/undo/undo-import';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await previewUndo(id, user)),
  'imports:read',
);

export const POST = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await undoImport(id, user, await parseOptionalBody(request, undoInput))),
  'imports:write',
);
