import { json } from '@/lib/server/http/answer';
import { openRoute } from '@/lib/server/http/route';
import { openApiDocument } from '@/lib/server/openapi/document';

export const GET = openRoute(async () => json(openApiDocument()));
