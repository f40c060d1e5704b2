import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { renameUser } from '@/lib/server/identity/users/rename-user';
import { renameInput } from '@/lib/shared/schema/user/users';

export const PUT = route(async (request, user) => {
  await renameUser((await parseBody(request, renameInput)).name, user);
  return json({ ok: true });
});
