import { json } from '@/lib/server/http/answer';
import { parseBody, parseQuery } from '@/lib/server/http/body';
import { adminRoute } from '@/lib/server/http/route';
import { invite } from '@/lib/server/identity/invitations/invite';
import { listInvitations, listInvitationsQuery } from '@/lib/server/identity/invitations/list-invitations';
import { inviteInput } from '@/lib/shared/schema/user/users';

export const GET = adminRoute(async (request) =>
  json(await listInvitations(parseQuery(request, listInvitationsQuery))),
);

export const POST = adminRoute(async (request, user) =>
  json(await invite(await parseBody(request, inviteInput), user), 201),
);
