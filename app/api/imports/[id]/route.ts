import { deleteImport } from '@/lib/deletion/delete-import';
import { json, route } from '@/lib/http';
import { getImport } from '@/lib/imports/get-import';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await getImport(id, user)),
  'imports:read',
);

export const DELETE = route<{ id: string }>(async (_request, user, { id }) => {
  await deleteImport(id, user);
  return json({ ok: true });
});
