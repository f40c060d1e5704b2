import { json } from '@/lib/server/http/answer';
import { adminRoute } from '@/lib/server/http/route';
import { disableUser, enableUser } from '@/lib/server/identity/users/disable-user';

export const POST = adminRoute<{ id: string }>(async (_request, user, { id }) => {
  await disableUser(id, user);
  return json({ ok: true });
});

export const DELETE = adminRoute<{ id: string }>(async (_request, user, { id }) => {
  await enableUser(id, user);
  return json({ ok: true });
});
