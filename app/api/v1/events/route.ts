import { route } from '@/lib/server/http/route';
import { requireUser } from '@/lib/server/identity/auth/require-user';
import { importEvents } from '@/lib/server/imports/progress/event-stream';
import { openStream } from '@/lib/server/imports/progress/open-streams';

export const dynamic = 'force-dynamic';

export const GET = route(async (request, user) => {
  const ids = new URL(request.url).searchParams.getAll('import').slice(0, 100);
  const leave = openStream(user);
  return new Response(
    importEvents(ids, user, request.signal, () => requireUser(request, 'imports:read'), leave),
    {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    },
  );
}, 'imports:read');
