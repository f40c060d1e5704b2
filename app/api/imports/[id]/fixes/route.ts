import { json, parseBody, route } from '@/lib/http';
import { fixesInput } from '@/lib/review/contract';
import { fixImport } from '@/lib/review/fixes/fix-import';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const { fixes } = await parseBody(request, fixesInput);
  return json(await fixImport(id, fixes, user));
}, 'imports:write');
