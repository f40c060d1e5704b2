import { json, parseBody, route } from '@/lib/http';
import { chooseLayout } from '@/lib/imports/choose-layout';
import { layoutChoicesInput } from '@/lib/imports/contract';

export const PUT = route<{ id: string }>(
  async (request, user, { id }) =>
    json(await chooseLayout(id, await parseBody(request, layoutChoicesInput), user)),
  'imports:write',
);
