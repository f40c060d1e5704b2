import { findCandidates } from '@/lib/server/datasets/columns/find-candidates';
import { json } from '@/lib/server/http/answer';
import { parseBody } from '@/lib/server/http/body';
import { route } from '@/lib/server/http/route';
import { candidatesInput } from '@/lib/shared/schema/dataset/candidate';

export const POST = route(
  async (request, user) => json(await findCandidates(await parseBody(request, candidatesInput), user)),
  'datasets:read',
);
