import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { answerOnce } from '@/lib/server/http/idempotency/answer-once';
import { route } from '@/lib/server/http/route';
import { createCorrection } from '@/lib/server/imports/review/create-correction';
import { createImportInput } from '@/lib/shared/schema/imports';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const input = await parseBody(request, createImportInput);
  return json(await answerOnce(request, user, input, (made) => createCorrection(id, input, user, made)), 201);
}, 'imports:write');
