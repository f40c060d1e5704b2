import { adminRoute, json } from '@/lib/http';
import { withdrawInvitation } from '@/lib/invitations/withdraw-invitation';

export const DELETE = adminRoute<{ id: string }>(async (_request, user, { id }) => {
  await withdrawInvitation(id, user);
  return json({ ok: true });
});
