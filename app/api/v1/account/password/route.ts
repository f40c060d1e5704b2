import { json, withCookies } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { changePassword } from '@/lib/server/identity/auth/change-password';
import { changePasswordInput } from '@/lib/shared/schema/user/users';

export const PUT = route(async (request) =>
  withCookies(
    json({ ok: true }),
    await changePassword(await parseBody(request, changePasswordInput), request),
  ),
);
