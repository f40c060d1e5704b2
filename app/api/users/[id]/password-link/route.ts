import { adminRoute, json } from '@/lib/http';
import { renewPassword } from '@/lib/invitations/renew-password';

export const POST = adminRoute<{ id: string }>(async (_request, user, { id }) =>
  json(await renewPassword(id, user), 201),
);
