import { json, parseBody, route } from '@/lib/http';
import { replacementInput } from '@/lib/review/contract';
import { replaceInColumn } from '@/lib/review/edits/edit-cells';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const input = await parseBody(request, replacementInput);
  return json(await replaceInColumn(id, input, user));
}, 'imports:write');
