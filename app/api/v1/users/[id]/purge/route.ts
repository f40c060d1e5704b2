import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { adminRoute } from '@/lib/server/http/route';
import { previewPurge } from '@/lib/server/imports/deletion/preview-purge';
import { purgeUser } from '@/lib/server/imports/deletion/purge-user';
import { purgeInput } from '@/lib/shared/schema/user/deletion';

export const GET = adminRoute<{ id: string }>(async (_request, _user, { id }) =>
  json(await previewPurge(id)),
);

export const POST = adminRoute<{ id: string }>(async (request, user, { id }) => {
  await purgeUser(id, (await parseBody(request, purgeInput)).email, user);
  return json({ ok: true });
});
