import { renameInput } from '@/lib/accounts/contract';
import { json, parseBody, route } from '@/lib/http';
import { renamePerson } from '@/lib/people/rename-person';

export const PUT = route(async (request, user) => {
  await renamePerson((await parseBody(request, renameInput)).name, user);
  return json({ ok: true });
});
