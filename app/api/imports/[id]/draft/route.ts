import { json, parseBody, route } from '@/lib/server/http/http';
import { saveDraft } from '@/lib/server/imports/drafts/save-draft';
import { importDraft } from '@/lib/shared/schema/imports';

export const PUT = route<{ id: string }>(async (request, user, { id }) => {
  await saveDraft(id, await parseBody(request, importDraft), user);
  return json({ ok: true });
}, 'imports:write');
