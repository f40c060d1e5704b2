import { json, parseBody, route } from '@/lib/http';
import { layoutChoicesInput } from '@/lib/imports/contract';
import { chooseLayout } from '@/lib/imports/drafts/choose-layout';

export const PUT = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await chooseLayout(id, await parseBody(request, layoutChoicesInput), user)),
  'imports:write',
);
