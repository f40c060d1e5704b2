import { makeTemplate, templateQuery } from '@/lib/server/datasets/templates/make-template';
import { download, parseQuery, route } from '@/lib/server/http/http';

export const GET = route<{ slug: string }>(
  async (request, user, { slug }) =>
    download(await makeTemplate(slug, parseQuery(request, templateQuery), user)),
  'datasets:read',
);
