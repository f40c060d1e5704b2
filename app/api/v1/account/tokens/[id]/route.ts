import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { revokeToken } from '@/lib/server/identity/tokens/revoke-token';

export const DELETE = route<{ id: string }>(async (_request, user, { id }) => {
  await revokeToken(id, user);
  return json({ ok: true });
});
