import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { answerOnce } from '@/lib/server/http/idempotency/answer-once';
import { route } from '@/lib/server/http/route';
import { startImport } from '@/lib/server/imports/start-import';
import { startImportInput } from '@/lib/shared/schema/import/start';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const input = await parseBody(request, startImportInput);
  return json(await answerOnce(request, user, input, () => startImport(id, input, user)));
}, 'imports:write');
