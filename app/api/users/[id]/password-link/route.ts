import { adminRoute, json } from '@/lib/server/http/http';
import { renewPassword } from '@/lib/server/identity/invitations/renew-password';

export const POST = adminRoute<{ id: string }>(async (_request, user, { id }) =>
  json(await renewPassword(id, user), 201),
);
