import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { endSession } from '@/lib/server/identity/sessions/end-session';

export const DELETE = route<{ id: string }>(async (_request, user, { id }) => {
  await endSession(id, user);
  return json({ ok: true });
});
