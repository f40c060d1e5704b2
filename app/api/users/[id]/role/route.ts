import { changeRoleInput } from '@/lib/accounts/contract';
import { adminRoute, json, parseBody } from '@/lib/http';
import { changeRole } from '@/lib/people/change-role';

export const PUT = adminRoute<{ id: string }>(async (request, user, { id }) => {
  await changeRole(id, (await parseBody(request, changeRoleInput)).role, user);
  return json({ ok: true });
});
