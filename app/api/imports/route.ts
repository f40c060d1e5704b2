import { json, parseBody, parseQuery, route } from '@/lib/http';
import { answerOnce } from '@/lib/idempotency/answer-once';
import { createImportInput } from '@/lib/imports/contract';
import { createImport } from '@/lib/imports/create-import';
import { listImports, listImportsQuery } from '@/lib/imports/list-imports';
import { withoutAddress } from '@/lib/imports/source/without-address';

export const GET = route(
  async (request, user) => json(await listImports(parseQuery(request, listImportsQuery), user)),
  'imports:read',
);

export const POST = route(async (request, user) => {
  const input = await parseBody(request, createImportInput);
  return json(
    await answerOnce(request, user, input, (id) => createImport(input, user, id), withoutAddress),
    201,
  );
}, 'imports:write');
