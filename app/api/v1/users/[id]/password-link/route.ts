import { json } from '@/lib/server/http/answer';
import { adminRoute } from '@/lib/server/http/route';
import { renewPassword } from '@/lib/server/identity/invitations/renew-password';

export const POST = adminRoute<{ id: string }>(async (_request, user, { id }) =>
  json(await renewPassword(id, user), 201),
);
