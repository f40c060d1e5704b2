import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { answerOnce } from '@/lib/server/http/idempotency/answer-once';
import { route } from '@/lib/server/http/route';
import { createCorrection } from '@/lib/server/imports/corrections/create-correction';
import { correctionWithoutAddress } from '@/lib/server/imports/source/without-address';
import { newFileInput } from '@/lib/shared/schema/file/upload';

export const POST = route<{ id: string }>(async (request, user, { id }) => {
  const input = await parseBody(request, newFileInput);
  const create = (made: string | undefined) => createCorrection(id, input, user, made);
  return json(await answerOnce(request, user, input, create, correctionWithoutAddress(id)), 201);
}, 'imports:write');
