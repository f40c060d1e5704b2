import { json } from '@/lib/server/http/answer';
import { parseBody, parseQuery } from '@/lib/server/http/body';
import { answerOnce } from '@/lib/server/http/idempotency/answer-once';
import { route } from '@/lib/server/http/route';
import { createImport } from '@/lib/server/imports/create-import';
import { listImports, listImportsQuery } from '@/lib/server/imports/list-imports';
import { importWithoutAddress } from '@/lib/server/imports/source/without-address';
import { newFileInput } from '@/lib/shared/schema/file/upload';

export const GET = route(
  async (request, user) => json(await listImports(parseQuery(request, listImportsQuery), user)),
  'imports:read',
);

export const POST = route(async (request, user) => {
  const input = await parseBody(request, newFileInput);
  return json(
    await answerOnce(request, user, input, (id) => createImport(input, user, id), importWithoutAddress),
    201,
  );
}, 'imports:write');
