import { json, parseBody, route } from '@/lib/server/http/http';
import { answerOnce } from '@/lib/server/http/idempotency/answer-once';
import { startImport } from '@/lib/server/imports/start-import';
import { startImportInput } from '@/lib/shared/schema/imports';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const input = await parseBody(request, startImportInput);
  return json(await answerOnce(request, user, input, () => startImport(id, input, user)));
}, 'imports:write');
