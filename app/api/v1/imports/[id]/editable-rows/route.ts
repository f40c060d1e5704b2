import { json } from '@/lib/server/http/answer';
import { parseQuery } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { editableQuery, listEditableRows } from '@/lib/server/imports/review/edits/editable-rows';

export const GET = route<{ id: string }>(
  async (request, user, { id }) => json(await listEditableRows(id, parseQuery(request, editableQuery), user)),
  'imports:read',
);
