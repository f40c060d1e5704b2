import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { openRoute } from '@/lib/server/http/route';
import { checkInvitation } from '@/lib/server/identity/invitations/accept-invitation';
import { checkInvitationInput } from '@/lib/shared/schema/user/users';

/** POST, since the link's secret must not stand in an address that is logged. */
export const POST = openRoute(async (request) =>
  json(await checkInvitation((await parseBody(request, checkInvitationInput)).token)),
);
