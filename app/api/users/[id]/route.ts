import { adminRoute, json } from '@/lib/server/http/http';
import { removeUser } from '@/lib/server/identity/users/remove-user';

export const DELETE = adminRoute<{ id: string }>(async (_request, user, { id }) => {
  await removeUser(id, user);
  return json({ ok: true });
});
