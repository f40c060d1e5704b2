import { changeColumn } from '@/lib/server/datasets/change-column';
import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { columnInput } from '@/lib/shared/schema/dataset/column';

export const PUT = route<{ slug: string; id: string }>(async (request, user, { slug, id }) =>
  json(await changeColumn(slug, id, await parseBody(request, columnInput), user)),
);
