import { inviteInput } from '@/lib/accounts/contract';
import { adminRoute, json, parseBody, parseQuery } from '@/lib/http';
import { invite } from '@/lib/invitations/invite';
import { listInvitations, listInvitationsQuery } from '@/lib/invitations/list-invitations';

export const GET = adminRoute(async (request) =>
  json(await listInvitations(parseQuery(request, listInvitationsQuery))),
);

export const POST = adminRoute(async (request, user) =>
  json(await invite(await parseBody(request, inviteInput), user), 201),
);
