import { json, parseBody, route, withCookies } from '@/lib/server/http/http';
import { changePassword } from '@/lib/server/identity/auth/change-password';
import { changePasswordInput } from '@/lib/shared/schema/users';

export const PUT = route(async (request) =>
  withCookies(
    json({ ok: true }),
    await changePassword(await parseBody(request, changePasswordInput), request),
  ),
);
