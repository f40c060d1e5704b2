import { checkInvitationInput } from '@/lib/accounts/contract';
import { json, openRoute, parseBody } from '@/lib/http';
import { checkInvitation } from '@/lib/invitations/accept-invitation';

/** POST, since the link's secret must not stand in an address that is logged. */
export const POST = openRoute(async (request) =>
  json(await checkInvitation((await parseBody(request, checkInvitationInput)).token)),
);
