import { route } from '@/lib/http';
import { findOwnImport } from '@/lib/imports/find-import';
import { signDownload } from '@/lib/storage/objects';

export const GET = route<{ id: string }>(async (_request, user, { id }) => {
  const it = await findOwnImport(id, user);
  return Response.redirect(await signDownload(it.objectKey, it.fileName), 302);
}, 'imports:read');
