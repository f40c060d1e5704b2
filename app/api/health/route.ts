import { db } from '@/lib/db/client';
import { json } from '@/lib/http';
import { visitorOf } from '@/lib/web/visitor';

export const dynamic = 'force-dynamic';

/** Whether this server can do its work: 200, or 503 while the database does not answer. */
export async function GET(request: Request): Promise<Response> {
  try {
    await db().$queryRaw`select 1`;
    return json({ status: 'ok', visitor: visitorOf(request) });
  } catch {
    return json({ status: 'unavailable' }, 503);
  }
}
