import { acceptInvitationInput } from '@/lib/accounts/contract';
import { json, openRoute, parseBody, withCookies } from '@/lib/http';
import { acceptInvitation } from '@/lib/invitations/accept-invitation';

export const POST = openRoute(async (request) =>
  withCookies(
    json({ ok: true }, 201),
    await acceptInvitation(await parseBody(request, acceptInvitationInput), request),
  ),
);
