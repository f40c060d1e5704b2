import { json, route } from '@/lib/http';
import { endSession } from '@/lib/sessions/end-session';

export const DELETE = route<{ id: string }>(async (_request, user, { id }) => {
  await endSession(id, user);
  return json({ ok: true });
});
