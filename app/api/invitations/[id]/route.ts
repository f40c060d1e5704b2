import { adminRoute, json } from '@/lib/server/http/http';
import { withdrawInvitation } from '@/lib/server/identity/invitations/withdraw-invitation';

export const DELETE = adminRoute<{ id: string }>(async (_request, user, { id }) => {
  await withdrawInvitation(id, user);
  return json({ ok: true });
});
