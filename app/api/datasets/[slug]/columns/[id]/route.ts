import { changeColumn } from '@/lib/server/datasets/change-column';
import { json, parseBody, route } from '@/lib/server/http/http';
import { columnInput } from '@/lib/shared/schema/imports';

export const PUT = route<{ slug: string; id: string }>(async (request, user, { slug, id }) =>
  json(await changeColumn(slug, id, await parseBody(request, columnInput), user)),
);
