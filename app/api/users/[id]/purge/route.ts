import { purgeInput } from '@/lib/deletion/contract';
import { previewPurge } from '@/lib/deletion/preview-purge';
import { purgePerson } from '@/lib/deletion/purge-person';
import { adminRoute, json, parseBody } from '@/lib/http';

export const GET = adminRoute<{ id: string }>(async (_request, _user, { id }) =>
  json(await previewPurge(id)),
);

export const POST = adminRoute<{ id: string }>(async (request, user, { id }) => {
  await purgePerson(id, (await parseBody(request, purgeInput)).email, user);
  return json({ ok: true });
});
