import { json, parseBody, route } from '@/lib/server/http/http';
import { chooseLayout } from '@/lib/server/imports/drafts/choose-layout';
import { layoutChoicesInput } from '@/lib/shared/schema/imports';

export const PUT = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await chooseLayout(id, await parseBody(request, layoutChoicesInput), user)),
  'imports:write',
);
