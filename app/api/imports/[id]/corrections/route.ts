import { json, parseBody, route } from '@/lib/http';
import { answerOnce } from '@/lib/idempotency/answer-once';
import { createImportInput } from '@/lib/imports/contract';
import { createCorrection } from '@/lib/review/create-correction';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const input = await parseBody(request, createImportInput);
  return json(await answerOnce(request, user, input, (made) => createCorrection(id, input, user, made)), 201);
}, 'imports:write');
