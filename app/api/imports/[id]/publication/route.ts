import { json, parseOptionalBody, route } from '@/lib/http';
import { publicationInput } from '@/lib/imports/contract';
import { publishImport } from '@/lib/imports/publish-import';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const input = await parseOptionalBody(request, publicationInput);
  return json(await publishImport(id, user, input));
}, 'imports:write');
