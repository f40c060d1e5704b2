import { inviteInput } from '@/lib/accounts/contract';
import { adminRoute, json, parseBody } from '@/lib/http';
import { invite } from '@/lib/invitations/invite';
import { listInvitations } from '@/lib/invitations/list-invitations';

export const GET = adminRoute(async () => json({ invitations: await listInvitations() }));

export const POST = adminRoute(async (request, user) =>
  json(await invite(await parseBody(request, inviteInput), user), 201),
);
