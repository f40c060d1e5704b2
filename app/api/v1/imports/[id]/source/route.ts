import { route } from '@/lib/server/http/route';
import { downloadSource } from '@/lib/server/imports/source/download-source';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => Response.redirect(await downloadSource(id, user), 302),
  'imports:read',
);
