import { json, route } from '@/lib/server/http/http';
import { endSession } from '@/lib/server/identity/sessions/end-session';

export const DELETE = route<{ id: string }>(async (_request, user, { id }) => {
  await endSession(id, user);
  return json({ ok: true });
});
