import { makeTemplate, templateQuery } from '@/lib/server/datasets/templates/make-template';
import { parseQuery } from '@/lib/server/http/body';
import { download } from '@/lib/server/http/download';
import { route } from '@/lib/server/http/route';

export const GET = route<{ slug: string }>(
  async (request, user, { slug }) =>
    download(await makeTemplate(slug, parseQuery(request, templateQuery), user)),
  'datasets:read',
);
