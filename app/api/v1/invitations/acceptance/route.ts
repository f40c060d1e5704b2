import { json, withCookies } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { openRoute } from '@/lib/server/http/route';
import { acceptInvitation } from '@/lib/server/identity/invitations/accept-invitation';
import { acceptInvitationInput } from '@/lib/shared/schema/user/users';

export const POST = openRoute(async (request) =>
  withCookies(
    json({ ok: true }, 201),
    await acceptInvitation(await parseBody(request, acceptInvitationInput), request),
  ),
);
