import { json } from '@/lib/server/http/answer';
import { parseOptionalBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { publishImport } from '@/lib/server/imports/publish-import';
import { publicationInput } from '@/lib/shared/schema/review/publication';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const input = await parseOptionalBody(request, publicationInput);
  return json(await publishImport(id, user, input));
}, 'imports:write');
