import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { replaceInColumn } from '@/lib/server/imports/review/edits/edit-cells';
import { replacementInput } from '@/lib/shared/schema/review/edit';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const input = await parseBody(request, replacementInput);
  return json(await replaceInColumn(id, input, user));
}, 'imports:write');
