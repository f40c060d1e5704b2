import { json, openRoute } from '@/lib/http';
import { openApiDocument } from '@/lib/openapi/document';

export const GET = openRoute(async () => json(openApiDocument()));
