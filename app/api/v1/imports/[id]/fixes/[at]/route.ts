import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { undoFix } from '@/lib/server/imports/review/fixes/undo-fix';

export const DELETE = route<{ id: string; at: string }>(
  async (_request, user, { id, at }) => json(await undoFix(id, at, user)),
  'imports:write',
);
