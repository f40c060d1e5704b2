import { json, route } from '@/lib/http';
import { revokeToken } from '@/lib/tokens/revoke-token';

export const DELETE = route<{ id: string }>(async (_request, user, { id }) => {
  await revokeToken(id, user);
  return json({ ok: true });
});
