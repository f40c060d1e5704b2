import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { chooseLayout } from '@/lib/server/imports/drafts/choose-layout';
import { layoutChoicesInput } from '@/lib/shared/schema/file/layout';

export const PUT = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await chooseLayout(id, await parseBody(request, layoutChoicesInput), user)),
  'imports:write',
);
