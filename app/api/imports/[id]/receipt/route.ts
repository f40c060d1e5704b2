import { json, route } from '@/lib/http';
import { readReceipt } from '@/lib/receipt/read-receipt';

export const GET = route<{ id: string }>(
  async (_request, user, { id }) => json(await readReceipt(id, user)),
  'imports:read',
);
