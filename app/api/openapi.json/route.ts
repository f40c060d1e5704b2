import { json, openRoute } from '@/lib/server/http/http';
import { openApiDocument } from '@/lib/server/openapi/document';

export const GET = openRoute(async () => json(openApiDocument()));
