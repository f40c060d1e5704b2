import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { readCheck } from '@/lib/server/imports/checks/read-check';
import { requestCheck } from '@/lib/server/imports/checks/request-check';
import { startImportInput } from '@/lib/shared/schema/import/start';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await readCheck(id, user)),
  'imports:read',
);

export const POST = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await requestCheck(id, await parseBody(request, startImportInput), user)),
  'imports:write',
);
