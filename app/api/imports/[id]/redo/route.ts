import { json, parseOptionalBody, route } from '@/lib/http';
import { undoInput } from '@/lib/undo/contract';
import { previewRedo } from '@/lib/undo/preview-redo';
import { redoImport } from '@/lib/undo/undo-import';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await previewRedo(id, user)),
  'imports:read',
);

export const POST = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await redoImport(id, user, await parseOptionalBody(request, undoInput))),
  'imports:write',
);
