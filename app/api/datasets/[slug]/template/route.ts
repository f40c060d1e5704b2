import { download, parseQuery, route } from '@/lib/http';
import { makeTemplate, templateQuery } from '@/lib/templates/make-template';

export const GET = route<{ slug: string }>(
  async (request, user, { slug }) =>
    download(await makeTemplate(slug, parseQuery(request, templateQuery), user)),
  'datasets:read',
);
