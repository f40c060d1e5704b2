import { route } from '@/lib/http';
import { downloadSource } from '@/lib/imports/source/download-source';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => Response.redirect(await downloadSource(id, user), 302),
  'imports:read',
);
