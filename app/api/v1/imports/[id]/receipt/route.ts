import { json } from '@/lib/server/http/answer';
import { route } from '@/lib/server/http/route';
import { readReceipt } from '@/lib/server/imports/receipt/read-receipt';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await readReceipt(id, user)),
  'imports:read',
);
