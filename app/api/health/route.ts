import { json } from '@/lib/server/http/answer';
import { visitorOf } from '@/lib/server/http/visitor';
import { fullDiskMessage } from '@/lib/server/platform/full-disk';
import { readHealth } from '@/lib/server/platform/health/read-health';

export const dynamic = 'force-dynamic';

/** Whether this server can do its work, and whether there is a worker: 200, or 503 while the database does not answer. */
export async function GET(request: Request): Promise<Response> {
  try {
    return json({ ...(await readHealth()), visitor: visitorOf(request) });
  } catch (error) {
    return json({ status: 'unavailable', problem: await fullDiskMessage(error) }, 503);
  }
}
