import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { deleteImport } from '@/lib/server/imports/deletion/delete-import';
import { getImport } from '@/lib/server/imports/get-import';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await getImport(id, user)),
  'imports:read',
);

export const DELETE = route<{ id: string }>(async (_request, user, { id }) => {
  await deleteImport(id, user);
  return json({ ok: true });
});
