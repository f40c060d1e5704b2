import { json, parseBody, route } from '@/lib/http';
import { importDraft } from '@/lib/imports/contract';
import { saveDraft } from '@/lib/imports/drafts/save-draft';

export const PUT = route<{ id: string }>(async (request, user, { id }) => {
  await saveDraft(id, await parseBody(request, importDraft), user);
  return json({ ok: true });
}, 'imports:write');
