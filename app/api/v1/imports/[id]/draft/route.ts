import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { saveDraft } from '@/lib/server/imports/drafts/save-draft';
import { importDraft } from '@/lib/shared/schema/import/draft';

export const PUT = route<{ id: string }>(async (request, user, { id }) => {
  await saveDraft(id, await parseBody(request, importDraft), user);
  return json({ ok: true });
}, 'imports:write');
