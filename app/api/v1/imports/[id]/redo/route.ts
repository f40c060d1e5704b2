import { json } from '@/lib/server/http/answer';
import { parseOptionalBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { previewRedo } from '@/lib/server/imports/undo/preview-undo';
import { redoImport } from '@/lib/server/imports/undo/undo-import';
import { undoInput } from '@/lib/shared/schema/import/undo';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await previewRedo(id, user)),
  'imports:read',
);

export const POST = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await redoImport(id, user, await parseOptionalBody(request, undoInput))),
  'imports:write',
);
