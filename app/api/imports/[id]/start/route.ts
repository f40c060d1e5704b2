import { json, parseBody, route } from '@/lib/http';
import { answerOnce } from '@/lib/idempotency/answer-once';
import { startImportInput } from '@/lib/imports/contract';
import { startImport } from '@/lib/imports/start-import';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const input = await parseBody(request, startImportInput);
  return json(await answerOnce(request, user, input, () => startImport(id, input, user)));
}, 'imports:write');
