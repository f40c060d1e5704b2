import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { adminRoute } from '@/lib/server/http/route';
import { changeRole } from '@/lib/server/identity/users/change-role';
import { changeRoleInput } from '@/lib/shared/schema/user/users';

export const PUT = adminRoute<{ id: string }>(async (request, user, { id }) => {
  await changeRole(id, (await parseBody(request, changeRoleInput)).role, user);
  return json({ ok: true });
});
