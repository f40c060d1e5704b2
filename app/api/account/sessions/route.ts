import { json, route } from '@/lib/http';
import { endOtherSessions } from '@/lib/sessions/end-session';
import { listSessions } from '@/lib/sessions/list-sessions';

export const GET = route(async (request, user) => json({ sessions: await listSessions(user, request) }));

export const DELETE = route(async (request, user) => {
  await endOtherSessions(user, request);
  return json({ ok: true });
});
