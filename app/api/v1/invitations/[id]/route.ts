import { json } from '@/lib/server/http/answer';
import { adminRoute } from '@/lib/server/http/route';
import { withdrawInvitation } from '@/lib/server/identity/invitations/withdraw-invitation';

export const DELETE = adminRoute<{ id: string }>(async (_request, user, { id }) => {
  await withdrawInvitation(id, user);
  return json({ ok: true });
});
