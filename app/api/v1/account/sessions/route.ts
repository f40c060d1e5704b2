import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { endOtherSessions } from '@/lib/server/identity/sessions/end-session';
import { listSessions } from '@/lib/server/identity/sessions/list-sessions';

export const GET = route(async (request, user) => json({ sessions: await listSessions(user, request) }));

export const DELETE = route(async (request, user) => {
  await endOtherSessions(user, request);
  return json({ ok: true });
});
