import { adminRoute, json } from '@/lib/http';
import { removePerson } from '@/lib/people/remove-person';

export const DELETE = adminRoute<{ id: string }>(async (_request, user, { id }) => {
  await removePerson(id, user);
  return json({ ok: true });
});
