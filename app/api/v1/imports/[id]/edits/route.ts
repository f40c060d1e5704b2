import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { editCells } from '@/lib/server/imports/review/edits/edit-cells';
import { editsInput } from '@/lib/shared/schema/review/edit';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const { edits } = await parseBody(request, editsInput);
  return json(await editCells(id, edits, user));
}, 'imports:write');
