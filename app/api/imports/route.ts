import { json, parseBody, parseQuery, route } from '@/lib/http';
import { createImportInput } from '@/lib/imports/contract';
import { createImport } from '@/lib/imports/create-import';
import { listImports, listImportsQuery } from '@/lib/imports/list-imports';

export const GET = route(
  async (request, user) => json(await listImports(parseQuery(request, listImportsQuery), user)),
  'imports:read',
);

export const POST = route(
  async (request, user) => json(await createImport(await parseBody(request, createImportInput), user), 201),
  'imports:write',
);
