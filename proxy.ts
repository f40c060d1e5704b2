import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from '@/lib/server/http/content-security-policy';
import { isDevelopment } from '@/lib/server/platform/env';

/**
 * Next's name for what runs before a page. It gives every page a policy with a nonce of its own, which Next reads
 * from the request and puts on its scripts. It authorises nothing: each handler and page does that itself.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomBytes(16).toString('base64');
  const policy = await contentSecurityPolicy(nonce, isDevelopment());
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  // The API has a policy without a nonce (next.config.ts), and must not have its bodies held in memory here.
  matcher: ['/((?!api/|_next/static|_next/image|icon.svg).*)'],
};
