import { json, openRoute, parseBody } from '@/lib/server/http/http';
import { checkInvitation } from '@/lib/server/identity/invitations/accept-invitation';
import { checkInvitationInput } from '@/lib/shared/schema/users';

/** POST, since the link's secret must not stand in an address that is logged. */
export const POST = openRoute(async (request) =>
  json(await checkInvitation((await parseBody(request, checkInvitationInput)).token)),
);
