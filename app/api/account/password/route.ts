import { changePasswordInput } from '@/lib/accounts/contract';
import { changePassword } from '@/lib/auth/change-password';
import { json, parseBody, route, withCookies } from '@/lib/http';

export const PUT = route(async (request) =>
  withCookies(
    json({ ok: true }),
    await changePassword(await parseBody(request, changePasswordInput), request),
  ),
);
