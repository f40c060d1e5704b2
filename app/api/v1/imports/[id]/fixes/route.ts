import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import { fixesInput } from '@/lib/shared/schema/review/fix';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const { fixes } = await parseBody(request, fixesInput);
  return json(await fixImport(id, fixes, user));
}, 'imports:write');
