import { changeColumn } from '@/lib/datasets/change-column';
import { json, parseBody, route } from '@/lib/http';
import { columnInput } from '@/lib/imports/contract';

export const PUT = route<{ slug: string; id: string }>(async (request, user, { slug, id }) =>
  json(await changeColumn(slug, id, await parseBody(request, columnInput), user)),
);
