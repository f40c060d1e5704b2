import { json, parseBody, parseQuery, route } from '@/lib/http';
import { editsInput } from '@/lib/review/contract';
import { editCells } from '@/lib/review/edits/edit-cells';
import { editableQuery, listEditableRows } from '@/lib/review/edits/editable-rows';

export const GET = route<{ id: string }>(
  async (request, user, { id }) => json(await listEditableRows(id, parseQuery(request, editableQuery), user)),
  'imports:read',
);

export const PUT = route<{ id: string }>(async (request, user, { id }) => {
  const { edits } = await parseBody(request, editsInput);
  return json(await editCells(id, edits, user));
}, 'imports:write');
