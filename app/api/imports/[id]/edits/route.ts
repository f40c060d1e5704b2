import { json } from '@/lib/server/http/answer';
import { parseBody, parseQuery } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { editCells } from '@/lib/server/imports/review/edits/edit-cells';
import { editableQuery, listEditableRows } from '@/lib/server/imports/review/edits/editable-rows';
import { editsInput } from '@/lib/shared/schema/review';

export const GET = route<{ id: string }>(
  async (request, user, { id }) => json(await listEditableRows(id, parseQuery(request, editableQuery), user)),
  'imports:read',
);

export const PUT = route<{ id: string }>(async (request, user, { id }) => {
  const { edits } = await parseBody(request, editsInput);
  return json(await editCells(id, edits, user));
}, 'imports:write');
