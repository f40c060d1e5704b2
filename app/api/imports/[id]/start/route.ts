import { json, parseBody, route } from '@/lib/http';
import { startImportInput } from '@/lib/imports/contract';
import { startImport } from '@/lib/imports/start-import';

export const POST = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await startImport(id, await parseBody(request, startImportInput), user)),
  'imports:write',
);
