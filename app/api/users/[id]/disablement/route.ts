import { adminRoute, json } from '@/lib/http';
import { disablePerson, enablePerson } from '@/lib/people/disable-person';

export const PUT = adminRoute<{ id: string }>(async (_request, user, { id }) => {
  await disablePerson(id, user);
  return json({ ok: true });
});

export const DELETE = adminRoute<{ id: string }>(async (_request, user, { id }) => {
  await enablePerson(id, user);
  return json({ ok: true });
});
