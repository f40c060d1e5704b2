import { adminRoute, json } from '@/lib/http';
import { listPeople } from '@/lib/people/list-people';

export const GET = adminRoute(async () => json(await listPeople()));
