import { json } from '@/lib/server/http/answer';
import { adminRoute } from '@/lib/server/http/route';
import { removeUser } from '@/lib/server/identity/users/remove-user';

export const DELETE = adminRoute<{ id: string }>(async (_request, user, { id }) => {
  await removeUser(id, user);
  return json({ ok: true });
});
